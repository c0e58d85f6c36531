// Types only: the browser never loads this file.
import type { FailureCategory, FailureSeverity } from 'copernica-failures';
import type {
  AddressHistory,
  Count,
  Domains,
  Numbers,
  ReportPage,
  Samples,
  State,
  States,
  SuppressionPage,
  WholeReport,
} from '../answers.js';

/** A value after JSON: a `Date` has become text. */
type Json<T> = T extends Date ? string : T extends object ? { [Key in keyof T]: Json<T[Key]> } : T;

/** The answers that the page shows, by the name of the request. */
export interface Answers {
  numbers: Json<Numbers>;
  domains: Json<Domains>;
  /** The domains of a month, whatever period is chosen: who refuses the sender now. */
  monthDomains: Json<Domains>;
  reports: Json<ReportPage>;
  states: States;
  /** How many reports pass the filters. */
  reportCount: Json<Count>;
  suppressions: Json<SuppressionPage>;
  /** How many suppressed addresses match the search. */
  suppressionCount: Json<Count>;
  /** The report that is open. */
  report: Json<WholeReport>;
  /** The address that was looked up. */
  address: Json<AddressHistory>;
  /** The address of the report that is open. */
  reportAddress: Json<AddressHistory>;
  /** The kinds of test report. */
  samples: Samples;
}

export type RequestName = keyof Answers;

export type Category = FailureCategory;
export type Severity = FailureSeverity;
export type CurrentState = Json<State>;
export type History = Answers['address'];
export type Report = Answers['report'];
export type Row = Answers['reports']['reports'][number];
export type SuppressedAddress = Answers['suppressions']['suppressions'][number];
export type DomainRow = Answers['domains']['domains'][number];
/** The failures of the period. */
export type PeriodNumbers = Answers['numbers'];
export type StepCounts = PeriodNumbers['counts'];
/** One part of each bar of a plot; `name` is its CSS class. */
export interface Layer {
  name: string;
  counts: number[];
}
