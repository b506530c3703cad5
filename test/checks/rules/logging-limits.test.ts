import { breaks, type Draft, FORMAT, HTTP_FORMAT, keeps, WEBSOCKET_FORMAT } from '../support';

/** A good format that is made longer, to this many bytes. */
function padded(format: string, bytes: number): string {
  const text = (pad: string): string => JSON.stringify({ ...(JSON.parse(format) as object), pad });
  return text('x'.repeat(bytes - text('').length));
}

const formats = (bytes: number) => ({
  both: (draft: Draft) => Object.assign(draft.stage.AccessLogSetting, { Format: padded(FORMAT, bytes) }),
  http: (draft: Draft) => Object.assign(draft.stage.AccessLogSettings, { Format: padded(HTTP_FORMAT, bytes) }),
  webSocket: (draft: Draft) =>
    Object.assign(draft.stage.AccessLogSettings, { Format: padded(WEBSOCKET_FORMAT, bytes) }),
});

breaks('HTTP-LOG5', 'more than 3 KB, in APIs of all kinds', formats(3073));
keeps('HTTP-LOG5', '3 KB, in APIs of all kinds', formats(3072));
