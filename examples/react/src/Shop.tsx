import { useEffect, useRef, useState } from 'react';
import type { AnprobeViewer, ProductAction } from '../public/anprobe/anprobe';

/** A line of this shop's cart; yours is on your server. */
interface Line { code: string; name: string; total: string }

export function Shop() {
  const viewer = useRef<AnprobeViewer>(null);
  const [total, setTotal] = useState('');
  const [cart, setCart] = useState<Line[]>([]);

  useEffect(() => {
    // Rates and offers are properties of products: set on the element itself, they are there before the product is.
    if (viewer.current) viewer.current.rates = { USD: 1.08 };
  }, []);

  async function buy(order: ProductAction) {
    // Your server prices the code again: nobody should sell by what a browser says.
    setCart((lines) => [...lines, { code: order.code, name: order.lines[0]?.name ?? '', total: order.quote?.totalText ?? '' }]);
    return { text: 'It is in your cart' };
  }

  return (
    <main>
      <h1>Lumo <output>{total}</output></h1>
      <anprobe-viewer
        ref={viewer}
        product="/products/lamp.json"
        alt="Lumo, a desk lamp"
        camera-controls
        camera-orbit="-32deg 76deg auto"
        shadow-intensity={1}
        panel
        onconfiguration-change={(event) => setTotal(event.currentTarget.quote?.totalText ?? '')}
        onanprobe-action={({ detail }) => detail.respond(buy(detail))}
      />
      <section aria-label="Cart">
        <button type="button" onClick={() => viewer.current?.reset()}>Start over</button>
        <ul>
          {cart.map(({ code, name, total }, at) => (
            <li key={at}>{name}, {total} <button type="button" onClick={() => viewer.current?.open(code)}>Edit</button></li>
          ))}
        </ul>
      </section>
    </main>
  );
}
