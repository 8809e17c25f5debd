import './menu-box.ts'
