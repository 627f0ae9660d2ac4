// Pages are complete without a script. Groups that need one (staff, kiosk) switch it on for themselves.
export const csr = false;
export const ssr = true;
