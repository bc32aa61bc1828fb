import { checkFilter } from "@/lib/api/messages";
import { checkFilter as check } from "@/lib/kafka/filters";
import { route } from "@/lib/server/route";

export const POST = route(checkFilter, ({ body }) => check(body));
