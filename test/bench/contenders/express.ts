import express from 'express';
import { PATH, readBody } from '../application.js';

export default express().post(PATH, readBody);
