import { daysAgo, type Explanation, line, list, place } from "./doctor-way.ts";

/** What can go wrong while two sides agree on TLS, and what to change. */
export const tlsExplanations = {
  "tls-not-spoken": {
    step: "tls",
    code: "tls-failed",
    text: () => "the broker speaks plain text on this port, the configuration says TLS",
    advice: (_, way) => ({
      sentences: [
        `\`${way.address}\` is a listener without TLS (PLAINTEXT or SASL_PLAINTEXT), and Kafdeck is told to use TLS.`,
        `Use the port of the broker's TLS listener in ${place(way, "bootstrap")}, or, if plain text is meant, change ${place(way, "tls")}:`,
      ],
      ...line(way, "tls", "false"),
    }),
  },
  "tls-wanted": {
    step: "tls",
    code: "tls-required",
    text: () => "the broker speaks TLS on this port, the configuration does not",
    advice: (_, way) => ({
      sentences: [
        `\`${way.address}\` is a listener with TLS (SSL or SASL_SSL), and Kafdeck is told to speak plain text.`,
        `Set ${place(way, "tls")}; where the broker's certificate comes from an authority of your own, set ${place(way, "tls.ca")} too:`,
      ],
      ...line(way, "tls", "true"),
    }),
  },
  "tls-other": {
    step: "tls",
    code: "tls-failed",
    text: ({ words }) => `the handshake failed${words ? `: ${words}` : ""}`,
    advice: () => ({
      sentences: [
        "The two sides found no common way to speak TLS.",
        "Check `ssl.enabled.protocols` and `ssl.cipher.suites` of the broker: TLS 1.2 or 1.3 is needed.",
      ],
    }),
  },
  expired: {
    step: "tls",
    code: "tls-failed",
    text: ({ certificate }) =>
      `the certificate ended on ${certificate?.until}, ${daysAgo(Math.abs(certificate?.days ?? 0))}`,
    advice: ({ certificate }, way) => ({
      sentences: [
        `The certificate of \`${way.address}\` was valid from ${certificate?.from} to ${certificate?.until}.`,
        "Give the broker a new one: replace the file that `ssl.keystore.location` names, then restart the broker or set the same value again with `kafka-configs.sh`, which makes it read the file anew. If the date looks wrong, check the clock of this machine.",
      ],
      setting: "ssl.keystore.location",
    }),
  },
  "not-yet-valid": {
    step: "tls",
    code: "tls-failed",
    text: ({ certificate }) => `the certificate is valid only from ${certificate?.from}`,
    advice: ({ certificate }) => ({
      sentences: [
        `The certificate begins on ${certificate?.from}.`,
        "Check the clock of this machine and of the one that made the certificate.",
      ],
    }),
  },
  "unknown-authority": {
    step: "tls",
    code: "tls-failed",
    text: ({ certificate }) =>
      `the certificate is issued by ${certificate?.issuer ?? "an authority"}, which is not trusted here`,
    advice: ({ certificate }, way) => ({
      sentences: [
        way.ownAuthority
          ? `The certificate of \`${way.address}\` is issued by ${certificate?.issuer}, and the file in ${place(way, "tls.ca")} does not hold that authority.`
          : `The certificate of \`${way.address}\` is issued by ${certificate?.issuer}, which is none of the public authorities.`,
        `Put the certificate of that authority, as PEM, into ${place(way, "tls.ca")}:`,
      ],
      ...line(way, "tls.ca", "/path/to/ca.pem"),
      note: "Several authorities may stand one after the other in that file. The intermediate certificates belong into the broker's keystore.",
    }),
  },
  "other-name": {
    step: "tls",
    code: "tls-failed",
    text: ({ certificate }, way) =>
      `the certificate is for ${list((certificate?.names ?? []).slice(0, 3))}, not for ${way.expected}`,
    advice: ({ certificate }, way) => ({
      sentences: [
        `The broker's certificate names ${list(certificate?.names ?? [])}, and Kafdeck expects \`${way.expected}\`.`,
        `Use a name from the certificate in ${place(way, "bootstrap")}, give the broker a certificate with \`${way.expected}\` as a subject alternative name, or say which name to expect:`,
      ],
      ...line(way, "tls.serverName", certificate?.names[0] ?? "kafka.example.com"),
    }),
  },
  "client-certificate-missing": {
    step: "tls",
    code: "tls-failed",
    text: () => "the broker asks for a client certificate, and none is configured",
    advice: (_, way) => ({
      sentences: [
        `The listener at \`${way.address}\` has \`ssl.client.auth=required\`: who connects must show a certificate.`,
        `Set ${place(way, "tls.cert")} and ${place(way, "tls.key")}:`,
      ],
      ...line(way, "tls.cert", "/path/to/client.pem"),
    }),
  },
  "client-certificate-refused": {
    step: "tls",
    code: "tls-failed",
    text: ({ words }) => `the broker refused Kafdeck's certificate${words ? `: ${words}` : ""}`,
    advice: ({ certificate }, way) => ({
      sentences: [
        certificate && certificate.days < 0
          ? `The certificate in ${place(way, "tls.cert")} ended on ${certificate.until}.`
          : `The certificate in ${place(way, "tls.cert")} is issued by ${certificate?.issuer ?? "an authority"}, which the broker does not trust.`,
        certificate && certificate.days < 0
          ? "Have a new one issued and put it in the same place; Kafdeck reads it again at the next connection."
          : "Use a certificate of an authority that the broker's `ssl.truststore.location` holds, or add that authority there.",
      ],
    }),
  },
} as const satisfies Record<string, Explanation>;
