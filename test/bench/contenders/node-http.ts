import { readBody } from '../application.js';

export default readBody;
