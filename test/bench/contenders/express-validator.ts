import express from 'express';
import { body, matchedData, validationResult } from 'express-validator';
import { onFailure, PATH } from '../application.js';

const report = [
  ...['id', 'recipient', 'state'].map((name) => body(name).isString().notEmpty()),
  ...['extended', 'description', 'type', 'action', 'timestamp'].map((name) =>
    body(name).optional().isString(),
  ),
  ...['code', 'time'].map((name) =>
    body(name).optional({ values: 'falsy' }).isInt({ min: 0 }).toInt(),
  ),
  body('tags').optional().toArray(),
  body('tags.*').isString(),
];

const read = express.urlencoded({ extended: true });

export default express().post(PATH, read, ...report, (req, res) => {
  validationResult(req).throw();
  onFailure(matchedData(req));
  res.sendStatus(200);
});
