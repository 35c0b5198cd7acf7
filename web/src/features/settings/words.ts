// The names of roles and levels of access, and what they mean.
import type { Access, Role } from "@/api/shapes";

export const ROLES: Readonly<Record<Role, { name: string; about: string }>> = {
  super: { name: "Super user", about: "Everything in every client." },
  admin: { name: "Administrator", about: "The clients assigned to them, with their people and settings." },
  member: { name: "Member", about: "Makes, reviews and publishes for the clients assigned to them." },
  viewer: { name: "Viewer", about: "Reads what they were given, nothing else." },
};

export const LEVELS: Readonly<Record<Access["level"], string>> = {
  full: "Full",
  limited: "Limited: no approving, no settings",
  read: "Read only",
};

export const SCOPES: Readonly<Record<string, string>> = {
  read: "Read",
  make: "Make: characters, videos, scripts",
  review: "Review: ask for changes; only a person approves",
  publish: "Publish: plan, send and take down posts",
  manage: "Manage: clients and settings",
};
