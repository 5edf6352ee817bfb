"""A network on one machine: two round trips for a new connection, one for each exchange. Usage: delay.py PORT TO MS"""

import asyncio
import sys

PORT, UPSTREAM, ROUND_TRIP = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 1000


async def carry(reader, writer):
    """Passes bytes on half a round trip later, in order."""
    loop = asyncio.get_running_loop()
    waiting = asyncio.Queue()

    async def deliver():
        while True:
            moment, data = await waiting.get()
            await asyncio.sleep(max(0, moment - loop.time()))
            if not data:
                writer.close()
                return
            writer.write(data)

    delivery = asyncio.create_task(deliver())
    while True:
        try:
            data = await reader.read(1 << 16)
        except OSError:
            data = b""
        waiting.put_nowait((loop.time() + ROUND_TRIP / 2, data))
        if not data:
            break
    await delivery


async def connection(reader, writer):
    await asyncio.sleep(2 * ROUND_TRIP)  # TCP and TLS 1.3
    upstream_reader, upstream_writer = await asyncio.open_connection("127.0.0.1", UPSTREAM)
    await asyncio.gather(carry(reader, upstream_writer), carry(upstream_reader, writer), return_exceptions=True)


async def main():
    server = await asyncio.start_server(connection, "127.0.0.1", PORT)
    await server.serve_forever()


asyncio.run(main())
