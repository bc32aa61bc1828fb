import { listBrokers } from "@/lib/api/brokers";
import * as brokers from "@/lib/kafka/brokers";
import { route } from "@/lib/server/route";

export const GET = route(listBrokers, ({ cluster }) => brokers.listBrokers(cluster));
