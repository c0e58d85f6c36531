export { FailureReportError, type FailureReportErrorCode, type ReportProblem } from './errors.js';
export { copernicaFailures } from './middleware.js';
export type { CopernicaFailuresOptions } from './options.js';
export { type FailureReport, type FailureSeverity, failureReportSchema } from './report.js';
