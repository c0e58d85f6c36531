import express from 'express';
import { onFailure, PATH } from '../application.js';
import { before } from '../before.js';

export default express().use(PATH, before.copernicaFailures({ onFailure }));
