import { X509Certificate } from 'node:crypto';
import { TRUST_STORE_CERTIFICATES_MAX, TRUST_STORE_MAX_BYTES, TRUST_STORE_RSA_MIN_BITS } from '../facts/quotas';
import { type Owner, show } from '../authoring/errors';

/** A file of certificates. */
export interface PemFile {
  readonly path: string;
  readonly text: string;
}

const CERTIFICATE = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** Signature algorithms older than SHA-256, as their identifiers appear in DER: MD5 and SHA-1 with RSA, SHA-1 with ECDSA. */
const WEAK_SIGNATURES = ['06092a864886f70d010104', '06092a864886f70d010105', '06072a8648ce3d0401'].map((oid) =>
  Buffer.from(oid, 'hex'),
);

/** @throws if the files contain what API Gateway does not accept in a trust store, or what must not be uploaded */
export function checkCertificates(files: readonly PemFile[], owner: Owner): void {
  let count = 0;
  let bytes = 0;
  for (const { path, text } of files) {
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
      throw owner.error(
        `${show(path)} contains a private key, which must not be in a trust store; remove it from the file`,
      );
    }
    const certificates = text.match(CERTIFICATE) ?? [];
    if (certificates.length === 0) {
      throw owner.error(
        `${show(path)} contains no certificate in PEM format; it must contain "-----BEGIN CERTIFICATE-----" ` +
          '(openssl x509 -inform der -in ca.der -out ca.pem converts a DER file)',
      );
    }
    certificates.forEach((certificate, index) =>
      checkCertificate(certificate, owner.part(`${show(path)}: certificate ${index + 1}`)),
    );
    count += certificates.length;
    bytes += Buffer.byteLength(text);
  }
  if (count > TRUST_STORE_CERTIFICATES_MAX) {
    throw owner.error(
      `the files contain ${count} certificates; the maximum of a trust store is ${TRUST_STORE_CERTIFICATES_MAX}`,
    );
  }
  if (bytes > TRUST_STORE_MAX_BYTES) {
    throw owner.error(
      `the files have ${bytes} bytes together; the maximum of a trust store is ${TRUST_STORE_MAX_BYTES} (1 MB)`,
    );
  }
}

function checkCertificate(pem: string, owner: Owner): void {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    throw owner.error('cannot be parsed; check that it is complete');
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
  const whose = `(${certificate.subject.replaceAll('\n', ', ')})`;
  const bits = details?.modulusLength;
  if (type === 'rsa' && bits !== undefined && bits < TRUST_STORE_RSA_MIN_BITS) {
    throw owner.error(
      `has an RSA key of ${bits} bits, and API Gateway accepts ${TRUST_STORE_RSA_MIN_BITS} or more ${whose}`,
    );
  }
  if (WEAK_SIGNATURES.some((oid) => certificate.raw.includes(oid))) {
    throw owner.error(`is signed with SHA-1 or MD5, and API Gateway accepts SHA-256 or better ${whose}`);
  }
}
