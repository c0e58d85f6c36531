import { pathToFileURL } from 'node:url';
import type * as Package from 'copernica-failures';
import express from 'express';
import { onFailure, PATH } from '../application.js';

/** An earlier build. */
const before: typeof Package = await import(pathToFileURL(process.env.BEFORE ?? '').href);

export default express().use(PATH, before.copernicaFailures({ onFailure }));
