/** The product page. All that a shop's own page has to do is in `stage.js` and `orders.js`. */
import { asked } from './products.js';
import { show } from './stage.js';

// The panel itself takes `#config=…` and `#a=…&b=…` from the address.
show(asked());
