/** A reference in the notation of cdk-nag: `<Handler.Arn>:*`. */
export function nagName(value: unknown): string {
  if (typeof value === 'string') return value;
  const {
    Ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
    'Fn::Sub': sub,
    'Fn::ImportValue': imported,
  } = value as Intrinsics;
  if (Ref !== undefined) return `<${Ref}>`;
  if (attribute) return `<${attribute.join('.')}>`;
  if (join) return join[1].map(nagName).join(join[0]);
  if (sub !== undefined) return sub.replace(/\$\{([^${}]*)\}/g, '<$1>');
  return imported === undefined ? JSON.stringify(value) : nagName(imported);
}

interface Intrinsics {
  readonly Ref?: string;
  readonly 'Fn::GetAtt'?: readonly string[];
  readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  readonly 'Fn::Sub'?: string;
  readonly 'Fn::ImportValue'?: unknown;
}
