/**
 * The severity of a finding.
 */
export enum Severity {
  /** Fails the synth. */
  ERROR = 'error',

  /** Is shown at synth. */
  WARNING = 'warning',

  /** Is shown only by `apigw check --severity info`. */
  INFO = 'info',
}

/**
 * The purpose of an app, for rules that depend on it.
 */
export enum CheckProfile {
  /** For production: a stage without access log or throttle is an error, and so is logging whole requests. */
  PRODUCTION = 'production',

  /** For temporary apps: no firewall, traces, throttle or execution log is required, and whole requests may be logged. */
  DEVELOPMENT = 'development',
}
