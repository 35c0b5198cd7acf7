// An account at a glance: its colour, which stays the same everywhere, and its platform's icon.
import { AtSign, Cloud, Globe, type LucideIcon, MessagesSquare } from "lucide-react";
import { platformName } from "@/lib/platforms";

const ICONS: Record<string, LucideIcon> = { page: Globe, bluesky: Cloud, mastodon: MessagesSquare };
const HUES = [262, 25, 150, 330, 75, 200, 295, 110, 0, 230] as const;

/** One of ten hues, by the account's id; as light as to be seen on both themes' grounds. */
export function accountColour(id: string): string {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return `oklch(0.62 0.13 ${HUES[sum % HUES.length] ?? 0})`;
}

export function PlatformIcon({ platform, className }: { platform: string; className?: string }) {
  const Icon = ICONS[platform] ?? AtSign;
  return <Icon role="img" aria-label={platformName(platform)} className={className ?? "size-3.5 shrink-0"} />;
}

export function AccountMark({ id, platform }: { id: string; platform: string }) {
  return (
    <span className="inline-flex shrink-0 items-center" style={{ color: accountColour(id) }}>
      <PlatformIcon platform={platform} />
    </span>
  );
}
