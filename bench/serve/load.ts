import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';

/** What a number of connections got in a while. */
export interface Load {
  readonly count: number;
  readonly perSecond: number;
  /** Microseconds from the first byte sent to the last byte received. */
  readonly median: number;
  /** Answers with another status than 200. */
  readonly refused: number;
}

/** Sends one request after the other over each connection, for so long. */
export async function load(url: string, connections: number, ms: number): Promise<Load> {
  const took: number[] = [];
  let refused = 0;
  const from = performance.now();
  const until = from + ms;
  const one = (): Promise<void> =>
    new Promise((done, failed) => {
      const { hostname, port, pathname } = new URL(url);
      const text = `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUser-Agent: load\r\nAccept: */*\r\n\r\n`;
      const socket = connect(Number(port), hostname).setNoDelay(true);
      let sent = performance.now();
      onAnswer(socket, (status) => {
        const now = performance.now();
        took.push(now - sent);
        if (status !== 200) refused++;
        if (now > until) return void socket.destroy();
        sent = now;
        socket.write(text);
      });
      socket.on('connect', () => socket.write(text));
      socket.on('error', failed);
      socket.on('close', () => done());
    });
  await Promise.all(Array.from({ length: connections }, one));
  took.sort((a, b) => a - b);
  return {
    count: took.length,
    perSecond: took.length / ((performance.now() - from) / 1000),
    median: took[Math.floor(took.length / 2)] * 1000,
    refused,
  };
}

/** Reads no more of an answer than where it ends: the load must cost little itself. */
export function onAnswer(socket: Socket, answered: (status: number, text: string) => void): void {
  let read = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    read += chunk;
    const head = read.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(read.slice(0, head));
    const isWhole = length ? read.length >= head + 4 + Number(length[1]) : read.endsWith('\r\n0\r\n\r\n');
    if (!isWhole) return;
    const text = read;
    read = '';
    answered(Number(text.slice(9, 12)), text);
  });
}

/** The status of one request; undefined if nobody answers. */
export function status(url: string): Promise<number | undefined> {
  return new Promise((done) => {
    const asked = request(url, { agent: new Agent() }, (response) => {
      response.resume().on('end', () => done(response.statusCode));
    });
    asked.on('error', () => done(undefined));
    asked.end();
  });
}
