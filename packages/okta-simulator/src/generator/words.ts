/** Invented people and things. Mail addresses use `example`, which nobody can own. */
export const COMPANY_DOMAIN = 'larkmill.example';

export const FIRST_NAMES: readonly string[] =
  'Ada Amir Anke Anton Aroha Beatriz Bela Bo Carla Cem Chidi Clara Dana Daniel Deniz Edda Elif Emil Esra Farah Felix Fatou Gita Goran Greta Hana Hugo Ida Ines Ivo Jana Jiro Jonas Jude Kaito Karin Kofi Lale Lars Leila Lina Luca Maja Malik Marta Mateo Mei Milan Mina Moussa Nadia Nils Nora Oksana Olek Omar Paula Pavel Priya Quinn Rafael Rana Rosa Ruben Sana Selma Sofia Sven Tariq Tea Theo Tomas Uma Vera Viktor Wanda Yara Yusuf Zoe Zoran'.split(
    ' ',
  );

export const LAST_NAMES: readonly string[] =
  'Abara Adler Alder Amsel Arnaud Aydin Bakker Barros Becker Birch Bosch Brandt Cedar Costa Cruz Dahl Demir Diallo Dorn Duarte Eckert Eriksen Falk Farkas Fischer Forster Frey Garcia Giordano Gruber Haas Hansen Hazel Heller Horvat Ibrahim Ilić Ivanov Jansen Jung Kaplan Keller Klein Kovacs Kumar Lange Larch Lindqvist Lopez Maple Marin Mensah Meyer Moreau Nakamura Novak Nowak Oduya Okafor Olsen Park Petrov Pine Popescu Qureshi Reyes Ricci Rossi Rowan Sato Schmid Silva Sorensen Stein Tanaka Thorn Toth Vance Varga Vogel Walsh Weber Willow Yilmaz Zeman'.split(
    ' ',
  );

export interface Department {
  readonly name: string;
  readonly titles: readonly string[];
  readonly weight: number;
}

export const DEPARTMENTS: readonly Department[] = [
  { name: 'Engineering', titles: ['Software Engineer', 'Senior Engineer', 'QA Engineer', 'Engineering Manager'], weight: 24 },
  { name: 'Operations', titles: ['Operations Analyst', 'Shift Lead', 'Planner'], weight: 16 },
  { name: 'Sales', titles: ['Account Executive', 'Sales Engineer', 'Regional Manager'], weight: 14 },
  { name: 'Customer Support', titles: ['Support Agent', 'Support Lead'], weight: 12 },
  { name: 'Finance', titles: ['Accountant', 'Controller', 'Payroll Specialist'], weight: 7 },
  { name: 'Marketing', titles: ['Campaign Manager', 'Designer', 'Editor'], weight: 6 },
  { name: 'People', titles: ['Recruiter', 'People Partner'], weight: 5 },
  { name: 'IT', titles: ['System Administrator', 'Service Desk Agent', 'Identity Engineer'], weight: 5 },
  { name: 'Security', titles: ['Security Analyst', 'Security Engineer'], weight: 3 },
  { name: 'Legal', titles: ['Counsel', 'Compliance Officer'], weight: 2 },
  { name: 'Research', titles: ['Researcher', 'Data Scientist'], weight: 4 },
  { name: 'Facilities', titles: ['Facilities Coordinator', 'Electrician'], weight: 2 },
];

export interface Site {
  readonly city: string;
  readonly state: string;
  readonly countryCode: string;
  readonly country: string;
  readonly postalCode: string;
  readonly timezone: string;
  readonly locale: string;
  readonly lat: number;
  readonly lon: number;
}

const site = (city: string, state: string, codes: string, zone: string, lat: number, lon: number): Site => {
  const [countryCode = '', country = '', postalCode = '', locale = ''] = codes.split('|');
  return { city, state, countryCode, country, postalCode, timezone: zone, locale, lat, lon };
};

export const SITES: readonly Site[] = [
  site('Hamburg', 'Hamburg', 'DE|Germany|20095|de_DE', 'Europe/Berlin', 53.55, 9.99),
  site('Lisbon', 'Lisboa', 'PT|Portugal|1100-053|pt_PT', 'Europe/Lisbon', 38.72, -9.14),
  site('Toronto', 'Ontario', 'CA|Canada|M5H 2N2|en_CA', 'America/Toronto', 43.65, -79.38),
  site('Austin', 'Texas', 'US|United States|78701|en_US', 'America/Chicago', 30.27, -97.74),
  site('Nairobi', 'Nairobi', 'KE|Kenya|00100|en_KE', 'Africa/Nairobi', -1.29, 36.82),
  site('Pune', 'Maharashtra', 'IN|India|411001|en_IN', 'Asia/Kolkata', 18.52, 73.86),
  site('Osaka', 'Osaka', 'JP|Japan|530-0001|ja_JP', 'Asia/Tokyo', 34.69, 135.5),
  site('Gdansk', 'Pomorskie', 'PL|Poland|80-001|pl_PL', 'Europe/Warsaw', 54.35, 18.65),
];

/** Where nobody of the company works: sign-ins from there stand out. */
export const ODD_SITES: readonly Site[] = [
  site('Ushuaia', 'Tierra del Fuego', 'AR|Argentina|9410|es_AR', 'America/Argentina/Ushuaia', -54.8, -68.3),
  site('Murmansk', 'Murmansk', 'RU|Russia|183038|ru_RU', 'Europe/Moscow', 68.97, 33.08),
];

export const SERVICES: readonly string[] =
  'backup billing build crawler deploy directory-sync mail-relay metrics payroll-export print reporting scanner scheduler ticket-bot warehouse'.split(
    ' ',
  );

export const PROJECTS: readonly string[] =
  'Atlas Basalt Cobalt Delta Ember Fjord Garnet Harbor Indigo Juniper Kestrel Lagoon Meridian Nimbus Onyx Prairie Quartz Ridge Summit Tundra'.split(
    ' ',
  );
