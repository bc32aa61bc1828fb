import { namesOf } from "@/app/names";
import { LagBoardPage } from "@/components/lag/lag-board-page";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <LagBoardPage {...(await namesOf(params))} />;
}
