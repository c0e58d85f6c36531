import express from 'express';
import { onFailure, PATH } from '../application.js';

export default express().post(PATH, express.urlencoded({ extended: true }), (req, res) => {
  onFailure(req.body);
  res.sendStatus(200);
});
