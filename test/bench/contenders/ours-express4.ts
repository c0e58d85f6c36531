import express from 'express4';
import { onFailure, ours, PATH } from '../application.js';

export default express().use(PATH, ours.copernicaFailures({ onFailure }));
