// Plays a vertical video in a phone frame: scrubbing, frame steps, captions, safe areas.
import { Captions, CaptionsOff, Pause, Play, StepBack, StepForward, Volume2, VolumeX } from "lucide-react";
import { type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from "react";
import { isTyping } from "@/lib/listKeys";
import { clock, place } from "@/lib/moments";
import { IconButton } from "./Button";
import { Slider } from "./Field";
import { PhoneFrame } from "./PhoneFrame";
import { SAFE_AREAS } from "./safeAreas";
import { Select } from "./Select";
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
  onTime?: (seconds: number) => void;
  ref?: Ref<PlayerHandle>;
}

export function Player({ title, src, captions, poster, fps, duration, language = "en", keys = false, onTime, ref }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [time, setTime] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [muted, setMuted] = useState(false);
  const [shown, setShown] = useState(false);
  const [failed, setFailed] = useState(false);
  const [areaId, setAreaId] = useState("");
  const area = SAFE_AREAS.find((one) => one.id === areaId) ?? null;
  const areaSelect = useId();

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

  const moved = () => {
    const at = video.current?.currentTime ?? 0;
    setTime(at);
    onTime?.(at);
  };

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
          <p role="alert" className="absolute inset-x-4 top-1/2 -translate-y-1/2 rounded-md bg-surface p-2 text-center text-broken">
            This video does not play here. Download it to look at it.
          </p>
        )}
      </PhoneFrame>
      <div className="w-full max-w-96">
        <Waveform src={src} fraction={duration ? time / duration : 0} onSeek={(fraction) => seek(fraction * duration)} />
        <Slider
          aria-label="Place in the video"
          aria-valuetext={`${place(time)} of ${place(duration)}`}
          min={0}
          max={Math.max(duration, 0.1)}
          step={1 / fps}
          value={time}
          onChange={(event) => seek(event.target.valueAsNumber)}
        />
        <div className="flex flex-wrap items-center gap-0.5">
          <IconButton small label={playing ? "Pause" : "Play"} hint="Space" icon={playing ? Pause : Play} onClick={toggle} />
          <IconButton small label="One frame back" hint="," icon={StepBack} onClick={() => step(-1)} />
          <IconButton small label="One frame on" hint="." icon={StepForward} onClick={() => step(1)} />
          <span className="figures px-1 text-sm text-ink-2">
            {place(time)} / {clock(duration)}
          </span>
          <span className="flex-1" />
          <IconButton small label={muted ? "Sound on" : "Sound off"} icon={muted ? VolumeX : Volume2} aria-pressed={muted} onClick={() => setMuted(!muted)} />
          {captions && (
            <IconButton small label={shown ? "Hide captions" : "Show captions"} icon={shown ? Captions : CaptionsOff} aria-pressed={shown} onClick={() => showCaptions(!shown)} />
          )}
          <label className="sr-only" htmlFor={areaSelect}>
            Safe area
          </label>
          <Select
            id={areaSelect}
            small
            className="w-32"
            value={areaId}
            onChange={(event) => setAreaId(event.target.value)}
            options={[{ value: "", label: "Safe area" }, ...SAFE_AREAS.map((one) => ({ value: one.id, label: one.name }))]}
          />
        </div>
      </div>
    </div>
  );
}

function usePlayerKeys(on: boolean, acts: { toggle: () => void; step: (frames: number) => void }) {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    if (!on) return;
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || document.querySelector('[role="dialog"]')) return;
      const pressed = document.activeElement?.closest("button, a, [role=tab]");
      if (event.key === " " && !pressed) latest.current.toggle();
      else if (event.key === ",") latest.current.step(-1);
      else if (event.key === ".") latest.current.step(1);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [on]);
}
