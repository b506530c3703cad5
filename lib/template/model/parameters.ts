/** A parameter that a template declares. */
export interface TemplateParameter {
  readonly template: string;
  readonly name: string;
  /** `String`, `CommaDelimitedList`, `AWS::SSM::Parameter::Value<String>`… */
  readonly type: string;
  /** The value that was given, else the default as written; undefined if there is none. */
  readonly default?: string;
  /** Whether it is one of a nested stack, which gets its values from the parent. */
  readonly isPassed: boolean;
}
