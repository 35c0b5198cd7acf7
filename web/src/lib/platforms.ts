// The platforms by the names that people know.

const PLATFORMS: Record<string, string> = { page: "Own page", bluesky: "Bluesky", mastodon: "Mastodon" };

export function platformName(platform: string): string {
  return PLATFORMS[platform] ?? platform;
}
