/** An access key whose signatures can be verified. */
export interface KnownCredential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
  readonly accountId?: string;
  readonly userArn?: string;
  readonly userId?: string;
}
