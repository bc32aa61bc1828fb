import { namesOf } from "@/app/names";
import { SearchPage } from "@/components/search/search-page";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <SearchPage {...(await namesOf(params))} />;
}
