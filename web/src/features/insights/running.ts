// Sums up to each point: how many views a post had by then.
import type { PostInsights } from "@/api/shapes";

type Point = PostInsights["points"][number];

export function running(points: readonly Point[]): Point[] {
  let views = 0;
  let clicks = 0;
  return points.map((point) => ({ at: point.at, views: (views += point.views), clicks: (clicks += point.clicks) }));
}
