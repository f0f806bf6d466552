import { z } from 'zod';
import { authoriseChannel } from '@/api/authorise-channel';
import { Refusal } from '@/domain/errors';
import { hosted, runtime } from '@/trpc/runtime';

const Asked = z.object({
  socket_id: z.string().regex(/^\d+\.\d+$/),
  channel_name: z.string().max(200),
});

/** Who may listen on a channel: pusher-js asks here before it subscribes. */
export async function POST(request: Request): Promise<Response> {
  const parts = hosted();
  if (!parts) return Response.json({ message: 'There are no channels here.' }, { status: 404 });
  const form = new URLSearchParams(await request.text());
  const asked = Asked.safeParse(Object.fromEntries(form));
  if (!asked.success) return Response.json({ message: 'Not a subscription.' }, { status: 400 });
  const { socket_id: socketId, channel_name: channel } = asked.data;
  const credentials = {
    cookie: request.headers.get('cookie'),
    authorization: request.headers.get('authorization'),
  };
  try {
    await authoriseChannel(runtime(), credentials, channel);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return Response.json({ message: error.message }, { status: 403 });
  }
  return Response.json(parts.channels.sign(socketId, channel), {
    headers: { 'cache-control': 'no-store' },
  });
}
