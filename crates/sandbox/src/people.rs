//! Made-up people, as contact lists have them: in many scripts, and rarely complete.

use fastrand::Rng;

/// A made-up person. What is not known is empty.
#[derive(Debug, Clone, Default)]
pub(crate) struct Person {
    pub first_name: String,
    pub last_name: String,
    pub second_last_name: String,
    pub email: String,
    pub other_email: String,
    pub phone: String,
    pub mobile: String,
    pub company: String,
    pub title: String,
    pub street: String,
    pub city: String,
    pub zip: String,
    pub country: &'static str,
    pub country_code: &'static str,
    pub language: &'static str,
    pub tag: &'static str,
    /// Seconds since 1970.
    pub created: i64,
}

/// Where somebody lives, and what people are called there.
struct Place {
    first_names: &'static [&'static str],
    last_names: &'static [&'static str],
    cities: &'static [&'static str],
    streets: &'static [&'static str],
    country: &'static str,
    country_code: &'static str,
    language: &'static str,
    calling_code: &'static str,
}

const PLACES: &[Place] = &[
    Place {
        first_names: &[
            "Olivia",
            "Noah",
            "Amelia",
            "Theo",
            "Siobhán",
            "Zoë",
            "Mary-Jane",
            "Jo",
        ],
        last_names: &[
            "Smith",
            "O'Neil",
            "Taylor-Brown",
            "van der Berg",
            "Ó Briain",
            "Li",
            "McKay",
        ],
        cities: &["London", "Leeds", "Cork", "Stoke-on-Trent"],
        streets: &["High Street", "Mill Lane", "The Green"],
        country: "United Kingdom",
        country_code: "GB",
        language: "en",
        calling_code: "44",
    },
    Place {
        first_names: &["Jürgen", "Anneliese", "Björn", "Żaneta", "Käthe"],
        last_names: &["Müller", "Groß", "Weiß-Łąka", "Schmidt", "von Thun"],
        cities: &["Köln", "München", "Görlitz"],
        streets: &["Hauptstraße", "Am Bächle", "Goetheplatz"],
        country: "Germany",
        country_code: "DE",
        language: "de",
        calling_code: "49",
    },
    Place {
        first_names: &["María José", "Íñigo", "Nuria", "Jesús"],
        last_names: &["García", "Núñez", "de la Fuente", "Ibáñez"],
        cities: &["A Coruña", "Cádiz", "León"],
        streets: &["Calle Mayor", "Avenida de la Constitución"],
        country: "Spain",
        country_code: "ES",
        language: "es",
        calling_code: "34",
    },
    Place {
        first_names: &["محمد", "فاطمة", "عبد الرحمن", "ليلى"],
        last_names: &["العربي", "حداد", "بن علي", "المصري"],
        cities: &["القاهرة", "الدار البيضاء", "عمّان"],
        streets: &["شارع النيل", "شارع الحرية"],
        country: "مصر",
        country_code: "EG",
        language: "ar",
        calling_code: "20",
    },
    Place {
        first_names: &["伟", "秀英", "子涵", "欧阳"],
        last_names: &["王", "李", "司马", "陈"],
        cities: &["北京", "上海", "成都"],
        streets: &["长安街", "人民路"],
        country: "中国",
        country_code: "CN",
        language: "zh",
        calling_code: "86",
    },
    Place {
        first_names: &["さくら", "健太", "ヴィクトリア"],
        last_names: &["佐藤", "髙橋", "五十嵐"],
        cities: &["東京", "札幌市"],
        streets: &["中央通り", "桜木町"],
        country: "日本",
        country_code: "JP",
        language: "ja",
        calling_code: "81",
    },
    Place {
        first_names: &["Анастасия", "Богдан", "Юлія"],
        last_names: &["Шевченко", "Іваненко", "Ткачук"],
        cities: &["Київ", "Львів"],
        streets: &["вулиця Хрещатик", "проспект Миру"],
        country: "Україна",
        country_code: "UA",
        language: "uk",
        calling_code: "380",
    },
    Place {
        first_names: &["Nguyễn Thị", "Đức", "Thảo"],
        last_names: &["Trần", "Phạm", "Đặng"],
        cities: &["Hà Nội", "Đà Nẵng"],
        streets: &["Phố Huế", "Lê Lợi"],
        country: "Việt Nam",
        country_code: "VN",
        language: "vi",
        calling_code: "84",
    },
    Place {
        first_names: &["आरव", "प्रिया", "ज्योत्स्ना"],
        last_names: &["शर्मा", "त्रिपाठी", "देशमुख"],
        cities: &["मुंबई", "दिल्ली"],
        streets: &["महात्मा गांधी मार्ग"],
        country: "भारत",
        country_code: "IN",
        language: "hi",
        calling_code: "91",
    },
    Place {
        first_names: &["นภัสสร", "กิตติ", "เก๋"],
        last_names: &["ศรีสุข", "วงศ์ใหญ่"],
        cities: &["กรุงเทพมหานคร", "เชียงใหม่"],
        streets: &["ถนนสุขุมวิท"],
        country: "ประเทศไทย",
        country_code: "TH",
        language: "th",
        calling_code: "66",
    },
    Place {
        first_names: &["אורי", "שירה"],
        last_names: &["כהן", "בן־דוד"],
        cities: &["תל אביב", "חיפה"],
        streets: &["רחוב הרצל"],
        country: "ישראל",
        country_code: "IL",
        language: "he",
        calling_code: "972",
    },
    Place {
        first_names: &["민준", "서연"],
        last_names: &["김", "남궁"],
        cities: &["서울", "부산"],
        streets: &["세종대로"],
        country: "대한민국",
        country_code: "KR",
        language: "ko",
        calling_code: "82",
    },
];

const COMPANIES: &[&str] = &[
    "Analytical Engines Ltd",
    "Bäckerei Grün & Söhne",
    "株式会社 青空",
    "Café \"Le Chat\"",
    "Smith, Smith & Smith",
    "شركة النور",
    "Örsted Wind A/S",
    "Tres Hermanos S.A. de C.V.",
    "Ł",
];

const TITLES: &[&str] = &[
    "Head of Purchasing",
    "Geschäftsführerin",
    "CTO/CFO",
    "Directora de Ventas",
    "課長",
    "Assistant to the regional manager",
];

const TAGS: &[&str] = &[
    "customer",
    "lead",
    "VIP",
    "newsletter",
    "trade fair 2024",
    "do not call",
    "パートナー",
];

/// The first time at which somebody was added: 2020-01-01.
const FIRST: i64 = 1_577_836_800;

impl Person {
    /// The person of a number. The same seed has the same people.
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        let mut random = Rng::with_seed(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let place = &PLACES[random.usize(..PLACES.len())];
        let pick =
            |random: &mut Rng, texts: &'static [&'static str]| texts[random.usize(..texts.len())];
        let maybe = |random: &mut Rng, text: String| {
            if random.u8(..4) > 0 {
                text
            } else {
                String::new()
            }
        };
        let first_name = pick(&mut random, place.first_names).to_owned();
        let last_name = pick(&mut random, place.last_names).to_owned();
        let company = pick(&mut random, COMPANIES).to_owned();
        let domain = [
            "example.org",
            "example.com",
            "mail.example.net",
            "xn--bcher-kva.example",
        ][random.usize(..4)];
        let plus = if random.u8(..8) == 0 { "+list" } else { "" };
        let email = format!("{}.{number}{plus}@{domain}", latin(&first_name));
        let phone = format!(
            "+{}{:09}",
            place.calling_code,
            random.u32(100_000_000..1_000_000_000)
        );
        let mobile = format!(
            "+{} {:03} {:06}",
            place.calling_code,
            random.u32(100..1000),
            random.u32(..1_000_000)
        );
        let street = format!(
            "{} {}",
            pick(&mut random, place.streets),
            random.u32(1..200)
        );
        Self {
            second_last_name: if place.language == "es" {
                pick(&mut random, place.last_names).to_owned()
            } else {
                String::new()
            },
            other_email: if random.u8(..5) == 0 {
                format!("{number}@private.example")
            } else {
                String::new()
            },
            last_name: if random.u8(..12) > 0 {
                last_name
            } else {
                String::new()
            },
            phone: maybe(&mut random, phone),
            mobile: maybe(&mut random, mobile),
            company: maybe(&mut random, company),
            title: {
                let title = pick(&mut random, TITLES).to_owned();
                maybe(&mut random, title)
            },
            street: maybe(&mut random, street),
            city: {
                let city = pick(&mut random, place.cities).to_owned();
                maybe(&mut random, city)
            },
            zip: {
                let zip = format!("{:05}", random.u32(..100_000));
                maybe(&mut random, zip)
            },
            country: place.country,
            country_code: place.country_code,
            language: place.language,
            tag: if random.bool() {
                pick(&mut random, TAGS)
            } else {
                ""
            },
            created: FIRST + random.i64(0..150_000_000),
            first_name,
            email,
        }
    }

    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
            .trim()
            .to_owned()
    }
}

/// A name as the part of an address before the `@`: its ASCII letters, or `p`.
fn latin(name: &str) -> String {
    let letters: String = name
        .chars()
        .filter(char::is_ascii_alphabetic)
        .collect::<String>()
        .to_ascii_lowercase();
    if letters.is_empty() {
        "p".to_owned()
    } else {
        letters
    }
}
