import { ProblemError } from "../api/problem.ts";
import { readSecret, type SaslSettings } from "./settings.ts";

type OAuthSettings = Extract<SaslSettings, { mechanism: "OAUTHBEARER" }>;

const cached = new Map<string, { token: string; expiresAt: number }>();

/**
 * The bearer token for SASL/OAUTHBEARER: as configured, or by the client credentials grant (RFC 6749 section 4.4), kept until
 * four fifths of its life are over. Throws login-refused with what the token endpoint said, never the secret.
 */
export async function oauthToken(sasl: OAuthSettings): Promise<string> {
  if ("token" in sasl) return readSecret(sasl.token);
  const key = `${sasl.tokenUrl} ${sasl.clientId} ${sasl.scope} ${sasl.audience}`;
  const known = cached.get(key);
  if (known && known.expiresAt > Date.now()) return known.token;
  const credentials = `${encodeURIComponent(sasl.clientId)}:${encodeURIComponent(await readSecret(sasl.clientSecret))}`;
  const body = new URLSearchParams({ grant_type: "client_credentials" });
  if (sasl.scope) body.set("scope", sasl.scope);
  if (sasl.audience) body.set("audience", sasl.audience);
  const answer = await fetch(sasl.tokenUrl, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
    body,
    signal: AbortSignal.timeout(4_000),
  }).catch((error: unknown) => {
    throw new ProblemError(
      "login-refused",
      `The token endpoint ${sasl.tokenUrl} cannot be reached.`,
      { todo: "Check sasl.tokenUrl." },
      error,
    );
  });
  const words: unknown = await answer.json().catch(() => null);
  const token = readTokenAnswer(words);
  if (!answer.ok || !token) {
    throw new ProblemError("login-refused", `The token endpoint ${sasl.tokenUrl} answered ${answer.status}.`, {
      todo: "Check sasl.clientId and sasl.clientSecret.",
    });
  }
  cached.set(key, { token: token.value, expiresAt: Date.now() + token.lifeSeconds * 800 });
  return token.value;
}

function readTokenAnswer(words: unknown): { value: string; lifeSeconds: number } | null {
  if (
    typeof words !== "object" ||
    words === null ||
    !("access_token" in words) ||
    typeof words.access_token !== "string"
  )
    return null;
  const life = "expires_in" in words ? Number(words.expires_in) : Number.NaN;
  return { value: words.access_token, lifeSeconds: Number.isFinite(life) ? life : 60 };
}
