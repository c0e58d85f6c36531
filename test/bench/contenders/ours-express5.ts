import express from 'express';
import { onFailure, ours, PATH } from '../application.js';

export default express().use(PATH, ours.copernicaFailures({ onFailure }));
