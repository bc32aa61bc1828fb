import { HelpPage } from "@/components/shell/help-page";

export default function Page() {
  return <HelpPage />;
}
