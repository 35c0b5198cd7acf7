// Plays a vertical video in a phone frame: scrubbing, frame steps, captions, safe areas.
import { type Ref, useImperativeHandle, useRef, useState } from "react";
import { place } from "@/lib/moments";
import { Slider } from "./Field";
import { PhoneFrame } from "./PhoneFrame";
import { PlayerControls } from "./PlayerControls";
import { SAFE_AREAS } from "./safeAreas";
import { usePlayerKeys } from "./usePlayerKeys";
import { Waveform } from "./Waveform";

export interface PlayerHandle {
  time: () => number;
  seek: (seconds: number) => void;
}

interface Props {
  title: string;
  src: string;
  captions: string | null;
  poster: string | null;
  fps: number;
  duration: number;
  language?: string;
  /** Space plays, comma and full stop step, anywhere on the page. */
  keys?: boolean;
  ref?: Ref<PlayerHandle>;
}

export function Player({ title, src, captions, poster, fps, duration, language = "en", keys = false, ref }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [time, setTime] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [muted, setMuted] = useState(false);
  const [shown, setShown] = useState(false);
  const [failed, setFailed] = useState(false);
  const [areaId, setAreaId] = useState("");
  const area = SAFE_AREAS.find((one) => one.id === areaId) ?? null;

  const seek = (seconds: number) => {
    if (video.current) video.current.currentTime = Math.min(duration, Math.max(0, seconds));
  };
  const toggle = () => {
    const one = video.current;
    if (!one) return;
    if (one.paused) void one.play().catch(() => setFailed(one.error !== null));
    else one.pause();
  };
  const step = (frames: number) => {
    video.current?.pause();
    seek((video.current?.currentTime ?? 0) + frames / fps);
  };
  const showCaptions = (on: boolean) => {
    setShown(on);
    const track = video.current?.textTracks[0];
    if (track) track.mode = on ? "showing" : "disabled";
  };

  useImperativeHandle(ref, () => ({ time: () => video.current?.currentTime ?? 0, seek }));
  usePlayerKeys(keys, { toggle, step });

  const moved = () => setTime(video.current?.currentTime ?? 0);

  return (
    <div className="flex w-full flex-col items-center gap-2">
      <PhoneFrame area={area} className="h-[min(36rem,calc(100dvh-19rem))] min-h-80">
        {/* The captions are the video's own track; the same words are also burned into the picture. */}
        <video
          ref={video}
          src={src}
          poster={poster ?? undefined}
          playsInline
          preload="metadata"
          muted={muted}
          aria-label={`Video: ${title}`}
          className="size-full object-contain"
          onClick={toggle}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onTimeUpdate={moved}
          onSeeked={moved}
          onError={() => setFailed(true)}
        >
          {captions && <track kind="captions" src={captions} srcLang={language} label="Captions" />}
        </video>
        {failed && (
          <p
            role="alert"
            className="absolute inset-x-4 top-1/2 -translate-y-1/2 rounded-md bg-surface p-2 text-center text-broken"
          >
            This video does not play here. Download it to look at it.
          </p>
        )}
      </PhoneFrame>
      <div className="w-full max-w-96">
        <Waveform
          src={src}
          fraction={duration ? time / duration : 0}
          onSeek={(fraction) => seek(fraction * duration)}
        />
        <Slider
          aria-label="Place in the video"
          aria-valuetext={`${place(time)} of ${place(duration)}`}
          min={0}
          max={Math.max(duration, 0.1)}
          step={1 / fps}
          value={time}
          onChange={(event) => seek(event.target.valueAsNumber)}
        />
        <PlayerControls
          time={time}
          duration={duration}
          playing={playing}
          onToggle={toggle}
          onStep={step}
          muted={muted}
          onMute={setMuted}
          captions={captions ? shown : null}
          onCaptions={showCaptions}
          area={areaId}
          onArea={setAreaId}
        />
      </div>
    </div>
  );
}
