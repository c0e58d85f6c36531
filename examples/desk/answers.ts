// Describes, once for both sides, the JSON that the desk answers to its page. A `Date` arrives there as
// ISO 8601 text.
import type {
  FailureCategory,
  FailureExplanation,
  FailureReport,
  FailureSeverity,
} from 'copernica-failures';

/** `GET /state`: open pages poll it, and refresh their data if the version has changed. */
export interface State {
  /** Changes whenever a report is stored or the suppressions change. */
  version: string;
  /** The same for counts. They cost more, so it changes at most every five seconds. */
  countsVersion: string;
  database: 'postgresql' | 'embedded';
  /** How many reports are stored. Above 100,000 it is an estimate, and `exact` is false. */
  reports: number;
  exact: boolean;
  /** How many addresses are suppressed. */
  suppressions: number;
  bytes: number;
  /** After how many days reports are deleted; null for never. */
  keepDays: number | null;
  /** True if the interface for the user's own app is on. */
  hasInterface: boolean;
}

/** A report, in a list and by itself. */
interface ReportHead {
  /** Place in the order of all reports, as text: it may be too large for a JavaScript number. */
  serial: string;
  receivedAt: Date;
  category: FailureCategory;
  severity: FailureSeverity;
  /** Sent by the page's form: it counts nowhere. */
  test: boolean;
  /** The recipient in the form in which addresses are compared, at most 320 characters. */
  address: string;
  /** Receiving domain in lower case; empty if the recipient has none. */
  domain: string;
}

/** A report in a list. Long texts are cut; `GET /reports/:serial` has the whole texts. */
export interface ReportRow extends ReportHead {
  /** At most 100 characters. */
  state: string;
  code: number | null;
  /** At most 100 characters. */
  extended: string | null;
  /** At most 400 characters; `shortened` is true if there are more. */
  description: string;
  shortened: boolean;
  /** The first five, each at most 100 characters. */
  tags: string[];
  /** How many tags there are. */
  tagCount: number;
}

/** `GET /reports?recipient=&address=&id=&domain=&tag=&state=&severity=&category=&from=&to=&before=&size=` */
export interface ReportPage {
  /** Newest first. */
  reports: ReportRow[];
  /** The `before` of the next page; null on the last one. */
  next: string | null;
}

/** `GET /reports/count` and `GET /suppressions/count`. Above 1,000, counting stops and `exact` is false. */
export interface Count {
  count: number;
  exact: boolean;
}

/** `GET /states`: the states of all reports, at most 200. */
export type States = string[];

/** `GET /reports/:serial` */
export interface WholeReport extends ReportHead {
  report: FailureReport;
  /** All variables as sent, documented or not. */
  variables: Record<string, unknown>;
  explanation: FailureExplanation;
}

export interface Suppression {
  address: string;
  /** A category, or `by hand` or `import`. */
  reason: string;
  description: string | null;
  since: Date;
  source: 'report' | 'hand' | 'import';
  /** The reason that a person gave, by hand or in an imported file. */
  note: string | null;
  /** Serial of the report that led to it. */
  report: string | null;
}

/** `GET /suppressions?search=&before=&size=` */
export interface SuppressionPage {
  /** Newest first. */
  suppressions: Suppression[];
  next: string | null;
  /** How many addresses are suppressed in all. */
  total: number;
}

/** One change of the suppression of an address. */
export interface Change {
  /** Place in the order of all changes: later commits have higher positions. */
  position: string;
  address: string;
  change: 'suppressed' | 'taken off';
  at: Date;
  source: 'report' | 'hand' | 'import';
  reason: string | null;
  note: string | null;
  /** Serial of the report that led to it. */
  report: string | null;
}

/** An address that the desk knows. */
export interface Spelling {
  address: string;
  suppressed: boolean;
}

/** `GET /addresses?address=` */
export interface AddressHistory {
  address: string;
  suppression: Suppression | null;
  /** The address as it was asked for. If the desk knows it only with other capitals, `address` has those. */
  asked: string;
  /** Why it is not one address; null if it is one. */
  problem: string | null;
  /** Other addresses that differ in capitals only. */
  similar: Spelling[];
  /** Newest first, at most 100. */
  changes: Change[];
  /** Newest first, one page, without test reports. */
  reports: ReportRow[];
  next: string | null;
}

/** `DELETE /addresses`, with `{ address, keepSuppression }` */
export interface DeletedAddress {
  address: string;
  /** How many reports were deleted. */
  reports: number;
  suppression: 'kept' | 'deleted' | 'none';
  /** Addresses that differ in capitals only: their data is still there. */
  similar: string[];
}

/** `POST /suppressions`, with `{ address, note }` */
export interface AddedSuppression {
  address: string;
  /** False if it was on the list before. */
  added: boolean;
}

/** `POST /suppressions/remove`, with `{ address, note }` */
export interface RemovedSuppression {
  address: string;
  /** False if it was not on the list. */
  removed: boolean;
}

/** `POST /suppressions/import?preview=`, with a CSV file. A preview tells the same, and adds nothing. */
export interface ImportResult {
  added: number;
  /** The first hundred of them that a person took off the list before. */
  takenOff: string[];
  /** Addresses that were on the list before, or twice in the file. */
  already: number;
  /** The first hundred lines that were refused. */
  refused: { line: number; problem: string }[];
  refusedTotal: number;
  /** After how many lines a preview stopped; null if the whole file was read. */
  stoppedAfter: number | null;
  /** The columns by their names. A column without one is, for example, `column 2`. */
  columns: {
    address: string;
    /** Null if the file has no reasons. */
    reason: string | null;
    /** The first hundred columns that were not read. Empty ones do not count. */
    unread: string[];
    unreadTotal: number;
  };
}

/** How many reports arrived in one step of a period. Times are Unix time, in seconds. */
export interface StepCount {
  /** Start of the step. */
  time: number;
  category: FailureCategory;
  severity: FailureSeverity;
  count: number;
}

/** `GET /numbers?period=hour|day|month|year&zone=&domain=` */
export interface Numbers {
  from: number;
  /** End of the last step. */
  end: number;
  /** Start of every step. A day can be an hour shorter or longer than the others. */
  starts: number[];
  counts: StepCount[];
}

/** A receiving domain and its failures. */
export interface DomainCount {
  /** Empty for recipients without one. */
  domain: string;
  total: number;
  categories: Partial<Record<FailureCategory, number>>;
  /** Failures in each step of the trend, by category. */
  trend: Partial<Record<FailureCategory, number[]>>;
}

/** `GET /domains?period=` */
export interface Domains {
  from: number;
  end: number;
  /** Failures at all domains. */
  total: number;
  /** The 20 domains with the most failures, largest first. */
  domains: DomainCount[];
  /** Start of every step of the trends. The last step is not over yet; all others have one length. */
  trendStarts: number[];
}

/** `GET /samples` */
export type Samples = { name: string; title: string }[];

/** `POST /test-reports`, with `{ sample, recipient, tags }` */
export interface TestReportResult {
  id: string;
  /** Status and text of the endpoint's answer. */
  status: number;
  answer: string;
  /** The effects that a real report of this kind would have had; null if it was refused. */
  result: {
    serial: string | null;
    category: FailureCategory;
    severity: FailureSeverity;
    address: string;
    wouldSuppress: boolean;
    alreadySuppressed: boolean;
  } | null;
}
