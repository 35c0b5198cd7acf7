// Plays a spoken sample of a voice.
import { useEffect, useRef, useState } from "react";
import { fetchVoiceSample } from "@/api/characters";
import type { VoiceChoice } from "@/api/shapes";

export type Listening = "silent" | "loading" | "speaking";

export function useListen() {
  const [state, setState] = useState<Listening>("silent");
  const [error, setError] = useState<unknown>(null);
  const end = useRef<() => void>(() => undefined);
  useEffect(() => () => end.current(), []);

  const stop = () => {
    end.current();
    setState("silent");
  };
  const play = async (voice: VoiceChoice, text: string) => {
    end.current();
    const asked = new AbortController();
    end.current = () => asked.abort();
    setError(null);
    setState("loading");
    try {
      const sound = await fetchVoiceSample(voice, text, asked.signal);
      const address = URL.createObjectURL(sound);
      const audio = new Audio(address);
      end.current = () => {
        audio.pause();
        URL.revokeObjectURL(address);
      };
      audio.onended = stop;
      await audio.play();
      setState("speaking");
    } catch (failure) {
      if (asked.signal.aborted) return;
      setState("silent");
      setError(failure);
    }
  };
  return { state, error, stop, play: (voice: VoiceChoice, text: string) => void play(voice, text) };
}
