/**
 * The words that the commonest passwords are made of, small letters. Written down from memory of the well-known lists of
 * leaked passwords, not taken from one: `isCommon` refuses what people make of them, which is a good deal more.
 */
export const COMMON_WORDS = `
password passwort passw0rd motdepasse contrasena senha parola wachtwoord haslo heslo salasana lozinka
losenord passord adgangskode kennwort qwerty qwertz azerty qwertyuiop qwertzuiop azertyuiop asdfgh
asdfghjkl asdfghjk zxcvbn zxcvbnm yxcvbnm qazwsx qazwsxedc qweasd qweasdzxc qweqwe asdasd asdf qwer zxcv
wasd poiuytrewq lkjhgfdsa mnbvcxz qwert asdfg letmein welcome willkommen bienvenue bienvenido hello
hallo hola bonjour admin administrator administrateur root toor superuser superadmin sysadmin user
username guest test tester testing testtest demo default changeme change changeit secret topsecret
geheim private login logon signin access master masterkey letmeinnow opensesame opensesam trustno
letmeinplease passphrase password1 mypassword thepassword newpassword oldpassword yourpassword
nopassword pass passpass passcode passkey temp temporary temporal system server service support helpdesk
backup database oracle mysql postgres cisco juniper fortinet ubiquiti netgear linksys dlink router
switch firewall internet network wireless computer laptop desktop windows microsoft office outlook
exchange azure google gmail yahoo hotmail facebook instagram twitter tiktok youtube linkedin amazon
apple iphone ipad macbook samsung android nokia sony playstation xbox nintendo dell lenovo thinkpad
toshiba intel iloveyou iloveu iloveyouu ilovemyself iloveyousomuch ilovegod ilovejesus loveyou loveme
lovely lover love lovers myself mylove sweetheart sweety sweetie honey babygirl babyboy baby darling
dearest angel angels princess prince queen king kingdom beautiful gorgeous pretty cutie sexy hottie
forever always together friends friend friendship bestfriend family mother father mommy daddy mama papa
sister brother children kids wife husband girlfriend boyfriend monkey dragon tiger lion eagle falcon
phoenix panther leopard jaguar wolf wolves shark dolphin horse pony donkey chicken turkey rabbit bunny
puppy doggy doggie kitty kitten kitkat snoopy garfield scooby pikachu pokemon charizard mickey minnie
donald goofy tigger pooh winnie elmo barney spongebob simpson homer bart shrek nemo batman superman
spiderman ironman hulk thor avengers wolverine deadpool joker robin catwoman captain america starwars
darthvader skywalker lukeskywalker yoda jedi matrix neo trinity morpheus gandalf frodo hobbit legolas
aragorn harrypotter hermione dumbledore voldemort hogwarts gryffindor slytherin startrek enterprise
spock picard stargate terminator godzilla predator alien football soccer baseball basketball hockey
tennis golf golfer golfing volleyball rugby cricket boxing wrestling swimming running cycling skiing
surfing skateboard snowboard racing nascar formula ferrari porsche mercedes benz bmw audi toyota honda
nissan mazda subaru mustang corvette camaro challenger charger chevrolet chevy ford dodge harley
davidson yamaha suzuki kawasaki ducati lakers celtics bulls yankees redsox cowboys steelers packers
patriots eagles giants raiders broncos dolphins chelsea arsenal liverpool manchester united manunited
mancity everton tottenham barcelona realmadrid juventus bayern dortmund schalke ajax psv feyenoord
benfica porto michael jennifer jessica ashley amanda daniel matthew joshua andrew david james robert
john joseph thomas charles christopher anthony william steven kevin brian jason justin brandon nicholas
jonathan ryan eric patrick alexander alexandra benjamin samuel nathan jordan taylor hannah samantha
elizabeth nicole stephanie melissa michelle danielle rachel rebecca laura sarah emily emma olivia sophie
sophia charlotte isabella victoria maria anna julia katherine kathryn christine christina caroline
patricia barbara linda susan karen nancy lisa margaret sandra donna carol ruth sharon george richard
edward henry peter paul mark simon martin stefan thorsten wolfgang juergen sebastian maximilian florian
tobias christian markus andreas hans klaus fritz francois pierre jacques nicolas antoine guillaume
carlos miguel alejandro fernando francisco antonio pedro ricardo roberto eduardo diego gabriel rafael
giovanni giuseppe francesco marco matteo lorenzo alessandro mohamed mohammed ahmed ali hassan ibrahim
fatima aisha natasha svetlana vladimir dmitry sergey ivan olga tatiana charlie maggie buster ginger
pepper bailey cooper rocky bella molly daisy sadie toby lucky shadow smokey midnight casper oliver oscar
felix simba coco chloe ruby rosie hunter tucker duke bandit cookie peanut muffin pumpkin cupcake
butterfly sunshine rainbow flower flowers sunflower rose roses lily orchid jasmine violet summer spring
autumn winter sommer fruehling herbst january february march april june july august september october
november december monday tuesday wednesday thursday friday saturday sunday januar februar maerz juni
juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag christmas weihnachten
halloween easter thanksgiving birthday geburtstag holiday vacation london paris berlin madrid roma rome
lisbon vienna wien zurich munich muenchen hamburg frankfurt koeln cologne amsterdam rotterdam brussels
dublin glasgow newyork brooklyn manhattan chicago boston dallas houston austin denver seattle portland
oakland losangeles california hollywood florida miami texas vegas lasvegas washington canada toronto
vancouver montreal australia sydney melbourne brisbane newzealand england scotland ireland germany
deutschland france italia italy spain espana mexico brasil brazil argentina colombia russia poland
polska india indian pakistan china japan tokyo korea africa nigeria europe american jesus jesuschrist
christ godisgood godbless godislove blessed blessing faith heaven hallelujah church bible amen buddha
allah bismillah krishna ganesh freedom liberty peace justice victory winner champion warrior soldier
knight ninja samurai pirate viking wizard magic mystery mystic legend hero heroes killer sniper ranger
marine army navy airforce police fireman doctor nurse teacher student school college university engineer
manager director president boss metallica slipknot nirvana acdc ironmaiden pantera megadeth slayer
eminem rihanna beyonce shakira madonna michaeljackson elvis beatles rollingstones pinkfloyd ledzeppelin
linkinpark greenday blink coldplay oasis radiohead u2 bonjovi guitar guitarra drummer piano music musica
hiphop rapper reggae bobmarley tupac snoopdogg chocolate vanilla strawberry banana orange cherry lemon
mango peach coconut cheese pizza burger hamburger cookies candy sugar coffee espresso starbucks cocacola
pepsi budweiser heineken corona guinness whiskey vodka tequila marlboro marijuana cannabis blunt blue
red green yellow purple pink black white silver gold golden diamond diamonds crystal emerald platinum
titanium bronze copper metal steel iron stone thunder lightning storm hurricane tornado fire flame ocean
river mountain island beach paradise moon moonlight star stars starlight galaxy universe cosmos planet
earth saturn jupiter mars venus mercury apollo zeus hercules athena aphrodite poseidon fuckyou fuckoff
fuckme fucker motherfucker asshole bitch bullshit shithead pussy dickhead bastard whatever nothing
something anything everything anyone nobody somebody whatsup whatthe idontknow dontknow forgot forgotten
remember me goodluck goodmorning goodnight thankyou thanks please sorry welcomehome hellohello
helloworld hellokitty correcthorsebatterystaple correct battery staple trustnoone letmein123 abcdef
abcdefgh abcdefghij abcdefghijkl abcabc abcd abc aaa xxx zzz qqq xyz company business corporate
solutions consulting technology technologies tech infotech information security secure safety safe trust
trusted client clients customer customers portal dashboard ticket tickets desk msp managed
`
