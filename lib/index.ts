export type { FailureCategory } from './classify/category.js';
export { classifyFailure, explainFailure, type FailureExplanation } from './classify/classify.js';
export { FailureReportError, type FailureReportErrorCode, type ReportProblem } from './errors.js';
export type { FailureReport, FailureSeverity } from './failure-report.js';
export type { RequestHeaders } from './headers.js';
export { type CopernicaFailuresOptions, copernicaFailures } from './middleware.js';
export type { VerifyOptions } from './options.js';
export {
  createFailureReceiver,
  type FailureContext,
  type FailureReceiverOptions,
  type FailureRequest,
} from './receiver.js';
export { failureReportSchema } from './schema.js';
export type { ReplayStore } from './signature/replay.js';
