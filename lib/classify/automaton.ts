import { compileRules } from './compile.js';
import { RULES } from './rules.js';

/**
 * The wordings of all rules, compiled. The build replaces this file by its result, and strips the
 * wordings from the rules: to compile them takes longer than a reply may.
 */
export const AUTOMATON = compileRules(RULES);
