import { getOpenApi } from "@/lib/api/health";
import { readOpenApi } from "@/lib/server/openapi";
import { route } from "@/lib/server/route";

export const GET = route(getOpenApi, readOpenApi);
