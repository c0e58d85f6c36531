export { classifyFailure, type FailureCategory } from './classify.js';
export { FailureReportError, type FailureReportErrorCode, type ReportProblem } from './errors.js';
export { copernicaFailures } from './middleware.js';
export type { CopernicaFailuresOptions, VerifyOptions } from './options.js';
export { type FailureReport, type FailureSeverity, failureReportSchema } from './report.js';
export type { NonceStore } from './signature/replay.js';
