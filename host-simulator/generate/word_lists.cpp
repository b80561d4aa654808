// SPDX-License-Identifier: Apache-2.0
#include "generate/word_lists.hpp"

#include <array>
#include <utility>

// Names that people really have, put together at random: nobody is meant. Frequent ones first.
namespace ppo_sim {
namespace {
/// The words of a list, with a comma between.
WordList split(std::string_view text) {
    WordList words;
    for (;;) {
        const auto comma = text.find(',');
        words.push_back(text.substr(0, comma));
        if (comma == std::string_view::npos) return words;
        text.remove_prefix(comma + 1);
    }
}

Origin origin(std::uint64_t weight, std::string_view language, std::string_view female,
              std::string_view male, std::string_view last) {
    return {weight, language, split(female), split(male), split(last)};
}

constexpr std::string_view english_women =
    R"(Mary,Jennifer,Linda,Patricia,Elizabeth,Susan,Jessica,Sarah,Karen,Emily,Ashley,Lisa,Nancy,Emma,Olivia,Sandra,Donna,Michelle,Amanda,Kimberly,Melissa,Deborah,Stephanie,Rebecca,Laura,Helen,Sharon,Cynthia,Amy,Kathleen,Angela,Shirley,Brenda,Pamela,Nicole,Ruth,Katherine,Samantha,Christine,Catherine,Virginia,Debra,Rachel,Janet,Carolyn,Maria,Heather,Diane,Julie,Joyce,Victoria,Kelly,Christina,Joan,Evelyn,Lauren,Judith,Grace,Hannah,Madison,Ava,Sophia,Isabella,Mia,Charlotte,Amelia,Harper,Ella,Chloe,Zoe,Lily,Nora,Hazel,Violet,Ruby,Alice,Doris,Gloria,Tamika,Latoya,Keisha,Imani,Ebony,Jean,Abigail,Anne-Marie,Mary Ann,Beth,Claire,Daisy,Eleanor,Florence,Georgia,Holly,Iris,Josephine,Kayla,Lucy,Margaret,Naomi,Paige,Quinn,Rose,Sadie,Tess,Ursula,Vera,Wendy,Yvonne,Zelda)";
constexpr std::string_view english_men =
    R"(James,Robert,John,Michael,David,William,Richard,Joseph,Thomas,Charles,Christopher,Daniel,Matthew,Anthony,Mark,Donald,Steven,Andrew,Paul,Joshua,Kenneth,Kevin,Brian,George,Timothy,Ronald,Jason,Edward,Jeffrey,Ryan,Jacob,Gary,Nicholas,Eric,Jonathan,Stephen,Larry,Justin,Scott,Brandon,Benjamin,Samuel,Gregory,Alexander,Patrick,Frank,Raymond,Jack,Dennis,Jerry,Tyler,Aaron,Jose,Adam,Nathan,Henry,Zachary,Douglas,Peter,Kyle,Noah,Ethan,Jeremy,Walter,Christian,Keith,Liam,Mason,Logan,Lucas,Owen,Elijah,Caleb,Isaac,Wyatt,Jamal,DeShawn,Tyrone,Malik,Darnell,Terrence,Billy Ray,Jean-Luc,Ralph,Roy,Eugene,Russell,Bobby,Philip,Harold,Carl,Arthur,Gerald,Lawrence,Albert,Wayne,Bruce,Willie,Vincent,Ernest,Howard,Curtis,Milo,Otis,Quincy,Rufus,Silas,Theo,Ulysses,Victor,Xavier,Zeke)";
constexpr std::string_view english_last =
    R"(Smith,Johnson,Williams,Brown,Jones,Davis,Miller,Wilson,Anderson,Thomas,Taylor,Moore,Jackson,Martin,Lee,Thompson,White,Harris,Clark,Lewis,Robinson,Walker,Young,Allen,King,Wright,Scott,Hill,Green,Adams,Baker,Nelson,Hall,Campbell,Mitchell,Carter,Roberts,Phillips,Evans,Turner,Parker,Collins,Edwards,Stewart,Morris,Rogers,Reed,Cook,Morgan,Bell,Bailey,Cooper,Richardson,Cox,Howard,Ward,Peterson,Gray,James,Watson,Brooks,Kelly,Sanders,Price,Bennett,Wood,Barnes,Ross,Henderson,Coleman,Jenkins,Perry,Powell,Long,Patterson,Hughes,Washington,Butler,Simmons,Foster,Bryant,Alexander,Russell,Griffin,Hayes,Myers,Ford,Hamilton,Graham,Sullivan,Wallace,Woods,Cole,West,Jordan,Owens,Reynolds,Fisher,Ellis,Harrison,Gibson,McDonald,Cruz,Marshall,Freeman,Wells,Webb,Simpson,Stevens,Tucker,Porter,Hunter,Hicks,Crawford,Boyd,Mason,Kennedy,Warren,Dixon,Burns,Gordon,Shaw,Holmes,Rice,Robertson,Hunt,Black,Daniels,Palmer,Mills,Nichols,Grant,Knight,Ferguson,Stone,Hawkins,Dunn,Perkins,Hudson,Spencer,Gardner,Stephens,Payne,Pierce,Berry,Matthews,Arnold,Wagner,Willis,Watkins,Olson,Carroll,Duncan,Snyder,Hart,Cunningham,Bradley,Lane,Andrews,Ruiz,Harper,Fox,Riley,Armstrong,Carpenter,Weaver,Greene,Lawrence,Elliott,Chavez,Sims,Austin,Peters,Kelley,Franklin,Lawson,St. John,Smith-Jones,Fitzgerald,MacLeod)";
constexpr std::string_view spanish_women =
    R"(María,Guadalupe,Ana,Rosa,Carmen,Juana,Sofía,Valentina,Camila,Lucía,Isabel,Teresa,Elena,Gabriela,Daniela,Alejandra,Verónica,Leticia,Silvia,Mónica,Patricia,Adriana,Claudia,Yolanda,Beatriz,Inés,Pilar,Dolores,Concepción,Ximena,Itzel,Begoña,Nuria,Paloma,María José,María del Carmen)";
constexpr std::string_view spanish_men =
    R"(José,Juan,Luis,Carlos,Miguel,Jesús,Francisco,Antonio,Manuel,Pedro,Alejandro,Jorge,Ricardo,Fernando,Eduardo,Roberto,Raúl,Sergio,Andrés,Ángel,Óscar,Rubén,Héctor,Javier,Iván,Víctor,Martín,Tomás,Ramón,Íñigo,Ignacio,Joaquín,Mateo,Santiago,Diego,José Luis,Juan Pablo)";
constexpr std::string_view spanish_last =
    R"(García,Rodríguez,Martínez,Hernández,López,González,Pérez,Sánchez,Ramírez,Torres,Flores,Rivera,Gómez,Díaz,Reyes,Morales,Cruz,Ortiz,de la Cruz,Gutiérrez,Chávez,Ramos,Ruiz,Álvarez,Mendoza,Vásquez,Castillo,Jiménez,Moreno,Romero,Herrera,Medina,Aguilar,Vargas,Guzmán,Muñoz,Méndez,Salazar,Garza,Soto,Vega,Núñez,Delgado,Peña,Ríos,Contreras,Guerrero,Sandoval,Ortega,Estrada,Cortés,Ibáñez,Nuñez-Gómez,de León,del Río,de los Santos,Ponce de León,Yáñez,Zúñiga,Quiñones)";

std::vector<Origin> western() {
    return {
        origin(462, "en", english_women, english_men, english_last),
        origin(190, "es", spanish_women, spanish_men, spanish_last),
        origin(
            40, "en",
            "Siobhán,Aoife,Maeve,Niamh,Bridget,Nora,Róisín,Deirdre,Fiona,Kathleen,Gráinne,Maureen",
            "Seán,Patrick,Liam,Brendan,Conor,Declan,Eoin,Fergus,Kevin,Niall,Ronan,Cian",
            "O'Brien,Murphy,Kelly,O'Sullivan,Walsh,O'Connor,Byrne,Ryan,O'Neill,Doyle,McCarthy,"
            "Gallagher,O'Doherty,Kennedy,Lynch,Quinn,Ó "
            "Súilleabháin,McLoughlin,O'Reilly,Fitzpatrick,O’Hara,Brennan,Burke,Nolan"),
        origin(50, "en",
               "Anna,Greta,Ingrid,Ursula,Heidi,Käthe,Monika,Sabine,Liesl,Jutta,Bärbel,Renate",
               "Hans,Karl,Jürgen,Klaus,Wolfgang,Dieter,Günther,Jörg,Fritz,Otto,Björn,Heinz",
               "Müller,Schmidt,Schneider,Fischer,Weber,Meyer,Wagner,Becker,Schulz,Hoffmann,Schäfer,"
               "Koch,Bauer,Richter,Klein,Schröder,Neumann,Schwarz,Zimmermann,Krüger,Weiß,Groß,"
               "Strauß,von der Heide,Jäger,Vogel,Roth,Beckenbauer,Oberhauser,Lützow"),
        origin(38, "en", "Giulia,Francesca,Chiara,Lucia,Angela,Rosa,Concetta,Bianca,Teresa,Carla",
               "Giovanni,Marco,Antonio,Luca,Nicolò,Vincenzo,Salvatore,Carlo,Dino,Rocco",
               "Rossi,Russo,Ferrari,Esposito,Bianchi,Romano,Colombo,Ricci,Marino,Greco,D'Angelo,De "
               "Luca,Della Valle,Dell'Orto,D’Amico,Di Stefano,Lo Presti,Caruso,Conti,Gallo"),
        origin(24, "fr",
               "Amélie,Chloé,Éloïse,Geneviève,Hélène,Marie-Claire,Noémie,Zoé,Camille,Margaux",
               "François,René,Étienne,Jean-Pierre,Luc,Benoît,Gaël,Léo,Yves,Théo",
               "Martin,Bernard,Dubois,Lefèvre,Moreau,Laurent,Lévêque,Girard,Côté,Tremblay,Bélanger,"
               "Gagné,L'Hérault,de La Fontaine,Le "
               "Gall,Beauséjour,Desrosiers,Thériault,Jean-Baptiste,Saint-Jean"),
        origin(22, "pt", "Ana,Conceição,João Maria,Inês,Beatriz,Luísa,Thaís,Mônica,Fátima,Graça",
               "João,António,Luís,Rui,Tiago,Gonçalo,Estêvão,Paulo,Nuno,Vítor",
               "Silva,Santos,Ferreira,Pereira,Oliveira,Costa,Rodrigues,Gonçalves,Araújo,dos "
               "Santos,da Costa,Conceição,Magalhães,Simões,Falcão,Brandão,Guimarães,Assunção"),
        origin(34, "pl", "Agnieszka,Małgorzata,Zofia,Katarzyna,Ewa,Jana,Zuzana,Věra,Anežka,Jadwiga",
               "Łukasz,Piotr,Paweł,Krzysztof,Jakub,Jiří,Ondřej,Tomáš,Marek,Zbigniew",
               "Nowak,Kowalski,Wiśniewski,Wójcik,Kowalczyk,Zieliński,Woźniak,Dąbrowski,Novák,"
               "Dvořák,Černý,Procházka,Růžička,Horváth,Szabó,Kővári,Łuczak,Brzęczyszczykiewicz,"
               "Kovač,Šimić,Đorđević,Živković"),
        origin(18, "en", "Astrid,Sigrid,Åsa,Freja,Saskia,Anneke,Marieke,Solveig,Linnéa,Tove",
               "Lars,Bjørn,Søren,Nils,Pieter,Joost,Håkan,Øyvind,Anders,Jeroen",
               "Hansen,Johansson,Nielsen,Olsen,Andersen,Bergström,Lindqvist,Ødegård,Sørensen,van "
               "den Berg,de Vries,van der Meer,'t Hart,ter "
               "Horst,Åkesson,Kjær,Hämäläinen,Mäkinen,Jónsdóttir,Sæmundsson"),
        origin(12, "ru",
               "Olga,Natalia,Svetlana,Irina,Tatiana,Oksana,Yulia,Anastasia,Kateryna,Larysa",
               "Ivan,Dmitri,Sergei,Vladimir,Oleksandr,Andriy,Mykola,Yuri,Pavel,Boris",
               "Ivanov,Petrova,Shevchenko,Kovalenko,Smirnov,Bondarenko,Volkov,Melnyk,Sokolova,"
               "Tkachenko,Kuznetsov,Zhuk"),
        origin(11, "en", "Eleni,Katerina,Ayşe,Elif,Ioana,Ștefania,Zeynep,Despina",
               "Giorgos,Nikos,Mehmet,Çağlar,Ștefan,Andrei,Emre,Kostas",
               "Papadopoulos,Pappas,Yılmaz,Öztürk,Şahin,Popescu,Ionescu,Țăranu,Karagiannis,Çelik,"
               "Dimitriou,Bălan"),
    };
}

std::vector<Origin> eastern_and_southern() {
    return {
        origin(20, "vi", "Linh,Hương,Thảo,Lan,Mai,Ngọc,Phương,Trang,Thu,Yến",
               "Minh,Hùng,Dũng,Tuấn,Đức,Long,Quang,Thanh,Bảo,Khoa",
               "Nguyễn,Trần,Lê,Phạm,Huỳnh,Hoàng,Phan,Vũ,Võ,Đặng,Bùi,Đỗ,Hồ,Ngô,Dương,Lý"),
        origin(25, "zh", "Mei,Li Na,Xiu,Ying,Jing,Hui,Fang,Lan,Yan,Xiaomei",
               "Wei,Jun,Ming,Hao,Lei,Qiang,Tao,Jian,Bo,Xiaoming",
               "Wang,Li,Zhang,Liu,Chen,Yang,Huang,Zhao,Wu,Zhou,Xu,Sun,Ma,Zhu,Hu,Lin,Guo,He,Gao,Luo,"
               "Lü,Ng,Ho,Xi"),
        origin(12, "ko", "Ji-woo,Soo-jin,Min-ji,Hye-jin,Yuna,Eun-ji,Yuki,Sakura",
               "Min-jun,Ji-hoon,Sung-min,Hyun-woo,Joon,Kenji,Hiroshi,Dong-hyun",
               "Kim,Park,Choi,Jung,Kang,Cho,Yoon,Jang,Lim,Han,Oh,Tanaka,Satō,Suzuki,Itō,Ōno"),
        origin(26, "en", "Priya,Ananya,Divya,Lakshmi,Kavita,Sunita,Pooja,Neha,Fatima,Ayesha",
               "Rahul,Amit,Sanjay,Vijay,Arjun,Ravi,Suresh,Imran,Harpreet,Anil",
               "Patel,Singh,Sharma,Kumar,Gupta,Shah,Khan,Reddy,Rao,Nair,Iyer,Kaur,Chaudhry,"
               "Mukherjee,Venkataraman,Balasubramanian,Krishnamurthy,Ali,Hussain,Desai"),
        origin(8, "ar", "Fatima,Layla,Noor,Amira,Yasmin,Hala,Rania,Zahra",
               "Mohammed,Ahmed,Omar,Ali,Hassan,Youssef,Khalid,Abd al-Rahman",
               "Haddad,al-Sayed,Khoury,el-Masri,Mansour,Nasser,Hamdan,Saleh,Said-Hughes,Aziz,Farah,"
               "abu Bakr"),
        origin(6, "so", "Amina,Hodan,Hirut,Selam,Tsehay,Ngozi,Adaeze,Chiamaka",
               "Abdi,Tesfaye,Dawit,Mohamud,Chidi,Emeka,Oluwaseun,Kwame",
               "Okafor,Adeyemi,Tesfaye,Mohamed,Abdullahi,Nwosu,Mensah,Bekele,Okonkwo,Oyelaran-"
               "Oyeyinka,Hassan,Diallo"),
        origin(2, "haw", "Leilani,Kalani,Noelani,Mahina", "Keoni,Kaimana,Ikaika,Kekoa",
               "Kealoha,Kamaka,Kahananui,Māhoe,Keawe,Kauaʻiokalani"),
    };
}

/// Letters beyond ASCII that stand in the lists, and how they are written without.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> special{{
    {"ß", "ss"},
    {"Æ", "Ae"},
    {"æ", "ae"},
    {"Ø", "O"},
    {"ø", "o"},
    {"Ł", "L"},
    {"ł", "l"},
    {"Đ", "D"},
    {"đ", "d"},
    {"’", "'"},
    {"ʻ", "'"},
    {"ı", "i"},
    {"Ș", "S"},
    {"Ț", "T"},
}};
constexpr std::array<std::pair<char, std::string_view>, 33> accented{{
    {'A', "ÁÀÂÄÃÅĀĄ"},
    {'a', "áàâäãåāąăảạấầẩẫậắằẳẵặ"},
    {'C', "ÇČĆ"},
    {'c', "çčć"},
    {'D', "Ď"},
    {'d', "ď"},
    {'E', "ÉÈÊËĒĘĚ"},
    {'e', "éèêëēęěẻẽẹếềểễệ"},
    {'g', "ğ"},
    {'I', "ÍÌÎÏĪİ"},
    {'i', "íìîïīỉĩị"},
    {'L', "Ľ"},
    {'l', "ľĺ"},
    {'N', "ÑŃŇ"},
    {'n', "ñńň"},
    {'O', "ÓÒÔÖÕŌŐ"},
    {'o', "óòôöõōőỏọốồổỗộơớờởỡợ"},
    {'R', "Ř"},
    {'r', "řŕ"},
    {'S', "ŠŚŞ"},
    {'s', "šśşș"},
    {'T', "Ť"},
    {'t', "ťţț"},
    {'U', "ÚÙÛÜŪŮŰ"},
    {'u', "úùûüūůűủũụưứừửữự"},
    {'Y', "ÝŸ"},
    {'y', "ýÿỳỷỹỵ"},
    {'Z', "ŽŹŻ"},
    {'z', "žźż"},
    {'G', "Ğ"},
    {'K', "Ķ"},
    {'k', "ķ"},
    {'h', "ħ"},
}};

std::size_t length_of(unsigned char first) {
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

std::string_view plain_of(std::string_view letter) {
    for (const auto& [from, to] : special)
        if (from == letter) return to;
    for (const auto& [base, forms] : accented)
        if (forms.find(letter) != std::string_view::npos) return {&base, 1};
    return {};
}
}  // namespace

const std::vector<Origin>& origins() {
    static const std::vector<Origin> all = [] {
        auto list = western();
        for (auto& more : eastern_and_southern()) list.push_back(std::move(more));
        return list;
    }();
    return all;
}

const WordList& surname_beginnings() {
    static const WordList list = split(
        R"(Ash,Black,Brad,Brook,Burn,Cald,Carl,Chat,Clay,Cold,Crow,Dal,Dun,East,Edge,El,Fair,Farn,Fen,Gar,Glen,Gold,Graf,Grey,Had,Hal,Ham,Har,Hazel,High,Hol,Horn,Kirk,Lang,Lea,Long,Lyn,Mal,Marsh,Mel,Mill,Mor,New,Nor,Oak,Old,Pem,Pen,Rad,Raven,Red,Rock,Row,Rush,Shel,Sher,Stan,Stone,Strat,Sut,Thorn,Under,Wake,Wal,War,Wat,West,Whit,Wil,Win,Wood,Wor)");
    return list;
}

const WordList& surname_endings() {
    static const WordList list = split(
        R"(ton,ley,ford,worth,field,wood,man,well,by,ham,son,stead,brook,land,more,ridge,shaw,den,low,burn,combe,wick,grove,gate,hurst,ling,croft,bury)");
    return list;
}

const WordList& single_names() {
    static const WordList list = split(
        "Suharto,Budi,Sari,Wibowo,Dewi,Tenzin,Pemba,Dolma,Kyaw,Thida,Mononymous,Gurpreet");
    return list;
}

const WordList& long_first_names() {
    static const WordList list = split(
        R"(Maria de los Ángeles Concepción Guadalupe,Friederike-Wilhelmine Charlotte Auguste,Oluwatobiloba Ayomidipupo,Alexandra-Konstantina Evangelia,José Francisco de Asís Ignacio,Emmanuelle-Marguerite Joséphine)");
    return list;
}

const WordList& long_last_names() {
    static const WordList list = split(
        R"(Keihanaikukauakahihuliheekahaunaele,Wolfeschlegelsteinhausenbergerdorff,Fernández de Córdoba y Álvarez de Toledo,Papadimitrakopoulos-Konstantinidou,Venkatanarasimharajuvaripeta,Featherstonehaugh-Cholmondeley-Warner)");
    return list;
}

const WordList& tag_words() {
    static const WordList list = split(
        R"(recall,hypertension,diabetes,flu shot,annual physical,asthma,wellness,statin,portal campaign,lab pending,referral,anxiety,thyroid,depression,smoker,mammogram due,colonoscopy due,physical therapy,care plan,interpreter,high risk,copay plan,telehealth,chronic pain,prenatal,sports physical,allergy shots,warfarin,home visit,case manager,COPD,migraine,workers' comp,sleep study,Medicare AWV,clinical trial,dialysis,hospice,VIP,transplant)");
    return list;
}

const WordList& rare_languages() {
    static const WordList list = split("vi,zh,ko,ar,pt,fr,ru,pl,so,ht,tl,hi,de,it,zh-Hant,am,fa");
    return list;
}

std::string without_accents(std::string_view name) {
    std::string plain;
    while (!name.empty()) {
        const auto letter = name.substr(0, length_of(static_cast<unsigned char>(name.front())));
        plain += letter.size() == 1 ? letter : plain_of(letter);
        name.remove_prefix(letter.size());
    }
    return plain;
}

std::string plain_letters(std::string_view name) {
    std::string letters;
    for (const char c : without_accents(name)) {
        if (c >= 'a' && c <= 'z') letters += c;
        if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c - 'A' + 'a');
    }
    return letters;
}
}  // namespace ppo_sim
