// Stores each report before it is answered, without a queue.
import { listen } from '../listen.mjs';
import { save } from '../save.mjs';

listen(save);
