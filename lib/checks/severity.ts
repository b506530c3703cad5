/**
 * How much a finding matters.
 */
export enum Severity {
  /** Fails the synth. */
  ERROR = 'error',

  /** Is shown at the synth. */
  WARNING = 'warning',

  /** Is shown by `apigw check --severity info` only. */
  INFO = 'info',
}

/**
 * What an app is for, where rules judge by that.
 */
export enum CheckProfile {
  /** What callers depend on: a stage without access log or throttle is an error, and so are whole requests in the log. */
  PRODUCTION = 'production',

  /** What comes and goes: no firewall, traces, throttle or execution log is asked for, and whole requests may be logged. */
  DEVELOPMENT = 'development',
}
