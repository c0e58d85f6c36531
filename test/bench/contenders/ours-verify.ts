import express from 'express';
import { ACCOUNT, KEY_RECORD, onFailure, ours, PATH } from '../application.js';

const verify = { account: ACCOUNT, resolveTxt: async () => [[KEY_RECORD]] };

export default express().use(PATH, ours.copernicaFailures({ onFailure, verify }));
