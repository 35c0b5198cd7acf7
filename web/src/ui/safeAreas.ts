// Where the platforms lay their own buttons and text over a vertical video, as shares of the frame.
// They publish no exact figures for organic posts; these are the larger of what their advertising guides ask for.

export interface SafeArea {
  id: string;
  name: string;
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export const SAFE_AREAS: readonly SafeArea[] = [
  { id: "instagram", name: "Instagram Reels", top: 0.14, right: 0.11, bottom: 0.2, left: 0.06 },
  { id: "tiktok", name: "TikTok", top: 0.07, right: 0.13, bottom: 0.2, left: 0.06 },
  { id: "youtube", name: "YouTube Shorts", top: 0.15, right: 0.18, bottom: 0.2, left: 0.05 },
];
