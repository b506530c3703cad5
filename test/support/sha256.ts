import { createHash, createHmac } from 'node:crypto';

/** The digests that the signer of the SDK requires. */
export class Sha256 {
  private readonly parts: Buffer[] = [];

  constructor(private readonly secret?: string | ArrayBuffer | ArrayBufferView) {}

  public update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.parts.push(Buffer.from(data as Uint8Array));
  }

  public async digest(): Promise<Uint8Array> {
    const key = this.secret === undefined ? undefined : Buffer.from(this.secret as Uint8Array);
    const hash = key ? createHmac('sha256', key) : createHash('sha256');
    return hash.update(Buffer.concat(this.parts)).digest();
  }

  public reset(): void {
    this.parts.length = 0;
  }
}
