import express from 'express';
import { onFailure, PATH } from '../application.js';
import { zodReport } from '../zod-report.js';

export default express().post(PATH, express.urlencoded({ extended: true }), (req, res) => {
  onFailure(zodReport.parse(req.body));
  res.sendStatus(200);
});
