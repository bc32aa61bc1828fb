import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { makeProblem } from "../api/problem.ts";
import type { ProblemCode } from "../api/problem-codes.ts";

/**
 * What stands before Next. It sees every request first and lets through only what Kafdeck serves: the framework has had remote
 * code execution by its own headers, so those never reach it. Runs outside the bundle; it shares no state with the routes.
 */
export type GuardOptions = { hosts: string[]; development: boolean };

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;
/** Probes come by IP address and with any Host. */
const OPEN_PATHS = new Set(["/api/health", "/metrics"]);
/** What Next acts upon besides plain page loads; only its own client-side navigation (rsc) is left. */
const FORBIDDEN_HEADER =
  /^(next-action|next-resume|x-next-resume|x-nextjs-data$|x-nextjs-rewritten-|x-middleware-|x-invoke-|x-matched-path$|x-now-route-matches$)/;

/** Returns true when the request was answered here. Otherwise the nonce and the policy are set for Next and the browser. */
export function guard(request: IncomingMessage, response: ServerResponse, options: GuardOptions): boolean {
  const refused = judge(request, options);
  if (refused) {
    refuse(request, response, refused);
    return true;
  }
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, options.development);
  request.headers["x-nonce"] = nonce;
  request.headers["content-security-policy"] = policy;
  response.setHeader("content-security-policy", policy);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  return false;
}

/** null lets the request through. */
export function judge(
  request: Pick<IncomingMessage, "method" | "url" | "headers">,
  options: GuardOptions,
): ProblemCode | null {
  const method = request.method ?? "GET";
  const target = request.url ?? "/";
  if (!target.startsWith("/") || target.startsWith("//")) return "bad-path";
  const path = decodePath(target.split("?", 1)[0] ?? "/");
  if (path === null) return "bad-path";
  if (!OPEN_PATHS.has(path) && !isKnownHost(request.headers.host, options.hosts)) return "wrong-host";
  if (Object.keys(request.headers).some((name) => FORBIDDEN_HEADER.test(name))) return "bad-request";
  if (request.headers.upgrade !== undefined && !options.development) return "bad-request";
  if (method === "GET" || method === "HEAD") return null;
  if (!path.startsWith("/api/")) return "method-not-allowed";
  if (!["POST", "PATCH", "DELETE", "PUT", "OPTIONS"].includes(method)) return "method-not-allowed";
  return isSameOrigin(request.headers) ? null : "cross-site";
}

/** Two bytes that no path here needs, NUL and backslash, are refused with what does not decode. */
function decodePath(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path);
    return /[\0\\]/.test(decoded) ? null : decoded;
  } catch {
    return null;
  }
}

const isKnownHost = (host: string | undefined, hosts: string[]): boolean =>
  host !== undefined &&
  (LOOPBACK.test(host) ||
    hosts.includes("*") ||
    hosts.includes(host.toLowerCase()) ||
    hosts.includes(host.toLowerCase().replace(/:\d+$/, "")));

/** Browsers say where a request comes from; who says nothing is not a browser (curl). */
function isSameOrigin(headers: IncomingMessage["headers"]): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const origin = headers.origin;
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === headers.host;
  } catch {
    return false;
  }
}

/** Inline style attributes of server HTML are needed (they cannot run script); inline style elements and scripts only by nonce. */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  const script = `'self' 'nonce-${nonce}'${development ? " 'unsafe-eval'" : ""}`;
  const styleElements = development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src ${script}`,
    `style-src-elem ${styleElements}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function refuse(request: IncomingMessage, response: ServerResponse, code: ProblemCode): void {
  const problem = makeProblem(code);
  response.writeHead(problem.status, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    connection: "close",
  });
  response.end(JSON.stringify(problem));
  request.resume();
}
