using System.Text;
using Weir.Core.Semantics.Languages;

namespace Weir.Core.Tests.Semantics.Languages;

public sealed class LanguageDetectorTests
{
    private static readonly LanguageDetector Detector = new();

    /// <summary>Sentences that share no topic with the profiles; written for this test.</summary>
    private static readonly Dictionary<string, string> Sentences = new()
    {
        ["en"] = "The museum opens at nine and closes before dusk.|Draw me a map of the old harbour with its lighthouse.|We planted apple trees behind the school last spring.|Which planets can be seen without a telescope?|Never mix these two chemicals in a closed room.",
        ["de"] = "Das Museum öffnet um neun und schließt vor der Dämmerung.|Zeichne mir eine Karte des alten Hafens mit seinem Leuchtturm.|Letzten Frühling haben wir hinter der Schule Apfelbäume gepflanzt.|Welche Planeten sieht man ohne Fernrohr?|Mische diese beiden Stoffe niemals in einem geschlossenen Raum.",
        ["fr"] = "Le musée ouvre à neuf heures et ferme avant le crépuscule.|Dessine-moi une carte du vieux port avec son phare.|Au printemps dernier, nous avons planté des pommiers derrière l'école.|Quelles planètes peut-on voir sans télescope ?|Ne mélangez jamais ces deux produits dans une pièce fermée.",
        ["es"] = "El museo abre a las nueve y cierra antes del anochecer.|Dibújame un mapa del puerto viejo con su faro.|La primavera pasada plantamos manzanos detrás de la escuela.|¿Qué planetas se ven sin telescopio?|Nunca mezcle estos dos productos en una habitación cerrada.",
        ["pt"] = "O museu abre às nove e fecha antes do anoitecer.|Desenhe um mapa do porto velho com o seu farol.|Na primavera passada plantamos macieiras atrás da escola.|Quais planetas podem ser vistos sem telescópio?|Nunca misture estes dois produtos em uma sala fechada.",
        ["it"] = "Il museo apre alle nove e chiude prima del tramonto.|Disegnami una mappa del vecchio porto con il suo faro.|La primavera scorsa abbiamo piantato dei meli dietro la scuola.|Quali pianeti si vedono senza telescopio?|Non mescolare mai questi due prodotti in una stanza chiusa.",
        ["nl"] = "Het museum gaat om negen uur open en sluit voor de schemering.|Teken een kaart van de oude haven met haar vuurtoren.|Vorig voorjaar hebben we appelbomen achter de school geplant.|Welke planeten kun je zonder telescoop zien?|Meng deze twee stoffen nooit in een afgesloten ruimte.",
        ["sv"] = "Museet öppnar klockan nio och stänger före skymningen.|Rita en karta över den gamla hamnen med dess fyr.|Förra våren planterade vi äppelträd bakom skolan.|Vilka planeter syns utan kikare?|Blanda aldrig dessa två ämnen i ett stängt rum.",
        ["da"] = "Museet åbner klokken ni og lukker før skumringen.|Tegn et kort over den gamle havn med dens fyrtårn.|Sidste forår plantede vi æbletræer bag skolen.|Hvilke planeter kan man se uden kikkert?|Bland aldrig disse to stoffer i et lukket rum.",
        ["no"] = "Museet åpner klokken ni og stenger før skumringen.|Tegn et kart over den gamle havnen med fyrtårnet.|I fjor vår plantet vi epletrær bak skolen.|Hvilke planeter kan man se uten kikkert?|Bland aldri disse to stoffene i et lukket rom.",
        ["pl"] = "Muzeum otwiera się o dziewiątej i zamyka przed zmierzchem.|Narysuj mi mapę starego portu z latarnią morską.|Zeszłej wiosny posadziliśmy jabłonie za szkołą.|Jakie planety widać bez teleskopu?|Nigdy nie mieszaj tych dwóch substancji w zamkniętym pokoju.",
        ["cs"] = "Muzeum otevírá v devět a zavírá před soumrakem.|Nakresli mi mapu starého přístavu s majákem.|Loni na jaře jsme zasadili jabloně za školou.|Které planety jsou vidět bez dalekohledu?|Nikdy nemíchejte tyto dvě látky v uzavřené místnosti.",
        ["tr"] = "Müze saat dokuzda açılır ve hava kararmadan kapanır.|Bana eski limanın deniz feneriyle birlikte haritasını çiz.|Geçen ilkbaharda okulun arkasına elma ağaçları diktik.|Hangi gezegenler teleskopsuz görülebilir?|Bu iki maddeyi asla kapalı bir odada karıştırmayın.",
        ["ro"] = "Muzeul se deschide la nouă și se închide înainte de amurg.|Desenează-mi o hartă a portului vechi cu farul său.|Primăvara trecută am plantat meri în spatele școlii.|Ce planete se văd fără telescop?|Nu amestecați niciodată aceste două substanțe într-o cameră închisă.",
        ["hu"] = "A múzeum kilenckor nyit és alkonyat előtt zár.|Rajzolj nekem egy térképet a régi kikötőről a világítótoronnyal.|Tavaly tavasszal almafákat ültettünk az iskola mögé.|Melyik bolygók láthatók távcső nélkül?|Soha ne keverje össze ezt a két anyagot zárt szobában.",
        ["fi"] = "Museo avataan yhdeksältä ja suljetaan ennen hämärää.|Piirrä minulle kartta vanhasta satamasta majakoineen.|Viime keväänä istutimme omenapuita koulun taakse.|Mitkä planeetat näkyvät ilman kaukoputkea?|Älä koskaan sekoita näitä kahta ainetta suljetussa huoneessa.",
        ["id"] = "Museum buka pukul sembilan dan tutup sebelum senja.|Gambarkan peta pelabuhan tua beserta mercusuarnya.|Musim semi lalu kami menanam pohon apel di belakang sekolah.|Planet mana yang terlihat tanpa teleskop?|Jangan pernah mencampur kedua bahan ini di ruangan tertutup.",
        ["vi"] = "Bảo tàng mở cửa lúc chín giờ và đóng cửa trước hoàng hôn.|Vẽ cho tôi bản đồ bến cảng cũ với ngọn hải đăng.|Mùa xuân năm ngoái chúng tôi trồng táo sau trường học.|Những hành tinh nào nhìn thấy được mà không cần kính thiên văn?|Đừng bao giờ trộn hai chất này trong phòng kín.",
        ["ru"] = "Музей открывается в девять и закрывается до сумерек.|Нарисуй мне карту старой гавани с маяком.|Прошлой весной мы посадили яблони за школой.|Какие планеты видны без телескопа?|Никогда не смешивайте эти два вещества в закрытой комнате.",
        ["uk"] = "Музей відчиняється о дев'ятій і зачиняється до сутінків.|Намалюй мені мапу старої гавані з маяком.|Минулої весни ми посадили яблуні за школою.|Які планети видно без телескопа?|Ніколи не змішуйте ці дві речовини в зачиненій кімнаті.",
        ["bg"] = "Музеят отваря в девет и затваря преди здрач.|Нарисувай ми карта на старото пристанище с фара.|Миналата пролет засадихме ябълкови дървета зад училището.|Кои планети се виждат без телескоп?|Никога не смесвайте тези две вещества в затворена стая.",
        ["ar"] = "يفتح المتحف في التاسعة ويغلق قبل الغروب.|ارسم لي خريطة الميناء القديم مع منارته.|زرعنا أشجار التفاح خلف المدرسة في الربيع الماضي.|ما الكواكب التي ترى بدون منظار؟|لا تخلط هاتين المادتين أبدا في غرفة مغلقة.",
        ["fa"] = "موزه ساعت نه باز می شود و پیش از غروب بسته می شود.|نقشه بندر قدیمی را با فانوس دریایی برایم بکش.|بهار گذشته پشت مدرسه درخت سیب کاشتیم.|کدام سیاره ها بدون تلسکوپ دیده می شوند؟|هرگز این دو ماده را در اتاق بسته مخلوط نکنید.",
        ["el"] = "Το μουσείο ανοίγει στις εννέα.|Ποιοι πλανήτες φαίνονται χωρίς τηλεσκόπιο;",
        ["he"] = "המוזיאון נפתח בתשע ונסגר לפני הדמדומים.|אילו כוכבי לכת נראים בלי טלסקופ?",
        ["hi"] = "संग्रहालय नौ बजे खुलता है।|कौन से ग्रह बिना दूरबीन के दिखते हैं?",
        ["th"] = "พิพิธภัณฑ์เปิดเวลาเก้าโมง|ดาวเคราะห์ดวงไหนมองเห็นได้โดยไม่ใช้กล้อง",
        ["ko"] = "박물관은 아홉 시에 문을 엽니다.|망원경 없이 어떤 행성을 볼 수 있나요?",
        ["ja"] = "博物館は九時に開きます。|望遠鏡なしで見える惑星はどれですか。",
        ["zh"] = "博物馆九点开门。|不用望远镜能看到哪些行星？",
    };

    [Fact]
    public void Sentences_of_thirty_languages_are_known()
    {
        var missed = Missed(s => s);
        var count = Sentences.Values.Sum(s => s.Split('|').Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{count - missed.Count} of {count}: {string.Join("; ", missed)}");
        Assert.True(missed.Count <= 0.06 * count, string.Join("; ", missed));
    }

    [Fact]
    public void Three_words_are_mostly_enough()
    {
        var missed = Missed(s => string.Join(' ', s.Split(' ').Take(3)));
        var count = Sentences.Values.Sum(s => s.Split('|').Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{count - missed.Count} of {count}: {string.Join("; ", missed)}");
        Assert.True(missed.Count <= 0.2 * count, string.Join("; ", missed));
    }

    [Fact]
    public void Every_language_it_names_is_tested() => Assert.Equal(Detector.Languages.Order(), Sentences.Keys.Order());

    [Theory]
    [InlineData("")]
    [InlineData("12 + 30 = 42 ?!")]
    [InlineData("😀😀")]
    public void Without_letters_there_is_no_language(string text) => Assert.Equal(LanguageVerdict.None, Detect(text));

    [Fact]
    public void A_mixture_is_less_certain_than_one_language()
    {
        var pure = Detect("Welche Planeten sieht man heute Abend ohne Fernrohr am Himmel?");
        var mixed = Detect("Welche Planeten sieht man, which planets can be seen without, quels sont");
        Assert.Equal("de", pure.Language);
        Assert.True(mixed.Confidence < pure.Confidence);
    }

    [Fact]
    public void A_quoted_word_of_another_script_changes_nothing() =>
        Assert.Equal("en", Detect("What does the Russian word спасибо mean, and when do people say it?").Language);

    private static List<string> Missed(Func<string, string> cut) =>
        [.. from language in Sentences
            from sentence in language.Value.Split('|')
            let found = Detect(cut(sentence)).Language
            where found != language.Key
            select $"{language.Key} as {found}: {cut(sentence)}"];

    private static LanguageVerdict Detect(string text) => Detector.Detect(Encoding.UTF8.GetBytes(text));
}
