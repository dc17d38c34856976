// The fonts of the reader's system: nothing is loaded for them.
import Theme from 'vitepress/theme-without-fonts';
import './site.css';

export default Theme;
