import { describe, expect, test } from "vitest";
import type { DoctorAdvice } from "../../api/clusters.ts";
import {
  brokersOf,
  kindOf,
  type Listeners,
  type ListenerTrouble,
  listenerAdvice,
  listenerConsequence,
  listenersText,
} from "./doctor.ts";
import { adviceFor } from "./doctor-findings.ts";
import { type Finding, place, type Way } from "./doctor-way.ts";

const trouble = (
  host: string,
  port: number,
  kind: Finding["kind"],
  more: Partial<ListenerTrouble> = {},
): ListenerTrouble => ({
  broker: 1,
  host,
  port,
  finding: { kind },
  partitionsLed: 19,
  ...more,
});
const found = (troubled: ListenerTrouble[], more: Partial<Listeners> = {}): Listeners => ({
  bootstrap: { host: "kafka-1.stage.internal", port: 9092 },
  protocol: "SASL_SSL",
  troubled,
  reached: [],
  ...more,
});
const fallback = (): DoctorAdvice => ({
  sentences: ["Something else."],
  setting: null,
  before: null,
  after: null,
  note: null,
});
const way: Way = {
  address: "kafka:9092",
  host: "kafka",
  expected: "kafka",
  origin: "clusters[2] of /etc/kafdeck/kafdeck.yaml",
  mechanism: null,
  user: null,
  tls: false,
  clientCertificate: false,
  ownAuthority: false,
};

describe("what kind of mistake an advertised address is", () => {
  const bootstrap = { host: "kafka-1.stage.internal", port: 9092 };
  test.each<[string, number, Finding["kind"], string]>([
    ["localhost", 9092, "refused", "loopback"],
    ["127.0.0.1", 9092, "refused", "loopback"],
    ["0.0.0.0", 9092, "refused", "loopback"],
    ["::1", 9092, "unreachable", "loopback"],
    ["kafka-1.stage.internal", 29092, "refused", "other-port"],
    ["kafka", 29092, "no-such-name", "container-name"],
    ["kafka-0.kafka.default.svc.cluster.local", 9092, "no-such-name", "container-name"],
    ["kafka-9.stage.internal", 9092, "no-such-name", "unknown-name"],
    ["172.18.0.3", 9092, "no-connection", "container-address"],
    ["10.1.2.3", 9092, "no-connection", "other"],
    ["localhost", 9092, "login-refused", "other"],
    ["kafka", 29092, "refused", "other"],
  ])("%s:%i that ends with %s is %s", (host, port, kind, expected) => {
    expect(kindOf(trouble(host, port, kind), bootstrap)).toBe(expected);
  });

  test("another loopback port is another port where the bootstrap server is loopback too", () => {
    expect(kindOf(trouble("localhost", 9093, "refused"), { host: "127.0.0.1", port: 9092 })).toBe("other-port");
  });
});

describe("the advice about listeners", () => {
  test("for localhost names the line that stands there and the line to write", () => {
    const advice = listenerAdvice(found([trouble("localhost", 9092, "refused")]), fallback);
    expect(advice).toMatchObject({
      setting: "advertised.listeners=",
      before: "SASL_SSL://localhost:9092",
      after: "SASL_SSL://kafka-1.stage.internal:9092",
    });
    expect(advice?.sentences[0]).toContain("To a client on another machine that is the client itself");
    expect(advice?.note).toContain("KAFKA_ADVERTISED_LISTENERS");
  });

  test("never offers an address that another broker has", () => {
    const reached = [{ broker: 2, host: "kafka-1.stage.internal", port: 9092 }];
    expect(listenerAdvice(found([trouble("localhost", 9092, "refused")], { reached }), fallback)?.after).toBe(
      "SASL_SSL://NAME_THAT_CLIENTS_RESOLVE:9092",
    );
  });

  test("offers one address to one broker only", () => {
    const two = [trouble("localhost", 9092, "refused"), trouble("localhost", 9093, "refused", { broker: 2 })];
    const advice = listenerAdvice(found(two), fallback);
    expect(advice?.after).toContain("NAME_THAT_CLIENTS_RESOLVE");
    expect(advice?.sentences.join(" ")).toContain("broker 2");
  });

  test("is about the broker, not its address, where the address is no mistake", () => {
    expect(listenerAdvice(found([trouble("10.1.2.3", 9092, "refused")]), fallback)).toMatchObject({
      sentences: ["Broker 1 cannot be used at the address it advertises.", "Something else."],
      setting: null,
    });
  });

  test("is none where every broker was reached", () => expect(listenerAdvice(found([]), fallback)).toBeNull());

  test("says what does not work until then", () => {
    const reached = [2, 3].map((broker) => ({ broker, host: `k${broker}`, port: 9092 }));
    expect(listenerConsequence(found([trouble("localhost", 9092, "refused")], { reached }))).toBe(
      "19 partitions led by broker 1 cannot be read or written from here: clients see `LEADER_NOT_AVAILABLE` or time-outs. Everything on brokers 2 and 3 works, and is shown.",
    );
    expect(listenerConsequence(found([]))).toBeNull();
  });
});

describe("words", () => {
  test("brokers are named while they are few", () => {
    expect([[1], [1, 2], [1, 2, 3], [1, 2, 3, 4, 5, 6]].map(brokersOf)).toEqual([
      "broker 1",
      "brokers 1 and 2",
      "brokers 1, 2 and 3",
      "6 brokers",
    ]);
  });

  test("listeners are counted", () => {
    const rows = (...reached: boolean[]) => listenersText(reached.map((one) => ({ reached: one })));
    expect(rows(true)).toBe("the broker was reached at the address it gives");
    expect(rows(true, true)).toBe("all 2 brokers were reached at the addresses they give");
    expect(rows(true, false, true)).toBe("1 of 3 brokers cannot be reached at the address it gives");
    expect(rows(false, false)).toBe("2 of 2 brokers cannot be reached at the addresses they give");
  });

  test("a setting is named as the operator wrote it", () => {
    expect(place(way, "tls.ca")).toBe("`clusters[2].tls.ca` in kafdeck.yaml");
    expect(place({ origin: "the environment" }, "tls.ca")).toBe("`KAFKA_CA_FILE`");
  });

  test("the line to write is in the words of the file or of the environment", () => {
    const unknown: Finding = {
      kind: "unknown-authority",
      certificate: { from: "", until: "", days: 9, issuer: "us", names: [] },
    };
    expect(adviceFor(unknown, way)).toMatchObject({
      setting: "kafdeck.yaml, clusters[2]",
      after: "tls: { ca: { file: /path/to/ca.pem } }",
    });
    expect(adviceFor(unknown, { ...way, origin: "the environment" })).toMatchObject({
      after: "KAFKA_CA_FILE=/path/to/ca.pem",
    });
    const mechanism: Finding = { kind: "mechanism", mechanisms: ["SCRAM-SHA-512"] };
    expect(adviceFor(mechanism, { ...way, mechanism: "PLAIN" })).toMatchObject({
      before: "sasl: { mechanism: PLAIN }",
      after: "sasl: { mechanism: SCRAM-SHA-512 }",
    });
  });
});
