using Weir.Core.Semantics.Intents;

namespace Weir.Core.Tests.Semantics.Intents;

/// <summary>Ten kinds of request to a company's assistant, written for these tests: what is learnt from, what is asked, and strangers.</summary>
internal static class OwnIntents
{
    public static IReadOnlyList<IntentClass> Classes { get; } =
    [
        Class("refund", "I want my money back for the broken kettle|please refund my last order|how do I get a refund for the shoes I sent back|the item arrived damaged, can I have a refund|refund the second charge on my card|when will the refund reach my bank account|I returned the jacket but got no money back|give me my money back please|can you reimburse me for the cancelled trip|I would like to be refunded for order 5521|start a refund for the headphones|is a refund possible after thirty days"),
        Class("delivery", "where is my parcel|when will my package arrive|track order 8812 for me|the courier has not come yet|has my shipment left the warehouse|my delivery is three days late|can the parcel be delivered on Saturday|what is the tracking number of my shipment|change the delivery address of my package|the driver left the parcel with a neighbour|how long does shipping to Norway take|is my package already on its way"),
        Class("password", "I forgot my password|reset the password of my account|the login page does not accept my password|how can I change my password|I cannot sign in any more|my account is locked after too many logins|send me a link to reset my password|which characters must a password contain|the code for signing in never arrives|unlock my login please|I lost the phone with my second factor|help me log in to my account again"),
        Class("code", "write a python function that sorts a list of dates|why does this loop throw an index error|fix the bug in my javascript code|refactor this class so that it has no static state|explain what this regular expression matches|write a unit test for the parser|convert this sql query to linq|how do I reverse a string in rust|my program crashes with a null pointer exception|add type annotations to this function|the compiler complains about a missing semicolon|implement a queue with two stacks in java"),
        Class("translate", "translate this letter into French|how do you say good morning in Japanese|what is the German word for bicycle|put this sentence into Spanish|translate the following paragraph to English|what does obrigado mean in English|give me the Italian translation of this menu|how would I say thank you in Korean|translate my note from Dutch to Polish|say I am lost in Portuguese|which word do the Swedes use for coffee break|render this poem in Russian"),
        Class("summary", "summarize this article in three sentences|give me a short summary of the meeting|what are the main points of this report|shorten the text to one paragraph|tl;dr of the thread below|sum up the contract for me|write an abstract of this paper|condense these notes into bullet points|what is the gist of this chapter|make a brief overview of the document|summarise the discussion with the key decisions|boil this memo down to two lines"),
        Class("weather", "will it rain tomorrow in Lisbon|what is the weather like today|how cold does it get tonight|do I need an umbrella this afternoon|is it going to snow at the weekend|what temperature is it in Oslo right now|give me the forecast for Friday|how windy will it be on the coast|when does the sun come out again|is a storm coming this week|how humid is it outside|will it be sunny on Sunday"),
        Class("meeting", "schedule a meeting with Ana on Tuesday|move my two o'clock appointment to four|put lunch with the team on my calendar|am I free on Thursday morning|cancel the call with the supplier|invite everybody to the review on Monday|find a time when we can all meet|what is on my calendar today|remind me of the appointment at noon|book the small room for an hour|postpone tomorrow's stand-up meeting|when is my next meeting"),
        Class("recipe", "how do I bake bread without yeast|give me a recipe for lentil soup|what can I cook with eggs and spinach|how long should potatoes boil|suggest a quick dinner for four|what goes well with roasted pumpkin|how much flour do I need for pancakes|a vegan dessert that is easy to make|how do I keep rice from sticking|what sauce fits grilled fish|can I replace butter with oil in a cake|how hot must the oven be for pizza"),
        Class("invoice", "send me the invoice for March|why is my bill higher than last month|I need a copy of my latest invoice|the VAT number on the invoice is wrong|where can I download my bills|when is the invoice due|change the billing address of our company|pay the open invoice by bank transfer|explain the charges on my bill|the invoice lists a service we never ordered|split the bill by department|can we be invoiced every quarter"),
    ];

    /// <summary>What is asked later, in other words.</summary>
    public static IReadOnlyList<(string Intent, string Text)> Questions { get; } =
    [
        .. Asked("refund", "please give me a refund for the lamp that came broken|can I get my money back for order 77|when do I get the refund for the coat I returned|refund my card, the order was cancelled|I sent the kettle back and want to be reimbursed"),
        .. Asked("delivery", "has the courier already left with my package|where is the parcel I ordered last week|my shipment is late, when will it arrive|track my package please|can you deliver the parcel to another address"),
        .. Asked("password", "my password does not work any more|I can't log in to my account|please reset my login|how do I change the password for signing in|the account is locked, unlock it please"),
        .. Asked("code", "write a function in java that reverses a list|why does my python program crash with an index error|explain the bug in this code|implement a parser with unit tests in rust|fix the null pointer exception in this class"),
        .. Asked("translate", "translate this menu into German|how do you say bicycle in French|what does this Spanish sentence mean in English|put my letter into Japanese|give me the Polish word for thank you"),
        .. Asked("summary", "give me a summary of this paper in two sentences|what are the key points of the article|sum up the meeting notes|shorten this report to one paragraph|write a brief summary of the document"),
        .. Asked("weather", "is it going to rain on Sunday|what will the weather be like tomorrow|how cold is it in Lisbon today|do I need an umbrella tonight|what is the forecast for the weekend"),
        .. Asked("meeting", "schedule a call with the team on Monday|cancel my appointment on Thursday|what meetings are on my calendar tomorrow|move the review meeting to Friday|invite Ana to the meeting at noon"),
        .. Asked("recipe", "how do I cook lentil soup|give me an easy recipe for pumpkin cake|how long does bread bake in the oven|what can I make for dinner with potatoes and eggs|how much butter do I need for pancakes"),
        .. Asked("invoice", "where is the invoice for last month|why is the bill for March so high|the billing address on my invoice is wrong|send me a copy of the latest bill|when do we have to pay the open invoice"),
    ];

    /// <summary>Of no class.</summary>
    public static IReadOnlyList<string> Strangers { get; } =
        ("who painted the ceiling of the chapel in Rome|tell me a joke about penguins|how far away is the moon|sing a lullaby|which team won the cup in 1998|are dolphins smarter than dogs|name five rivers of Africa|what is the meaning of life|play some jazz|recommend a novel about the sea|"
        + "who was the first emperor of China|how do magnets attract iron|my cat sleeps all day|draw a dragon|what year did the wall fall|how many bones has a human hand|is chess harder than go|do aliens exist|tell me about volcanoes|which guitar strings sound warm").Split('|');

    private static IntentClass Class(string name, string examples) => new(name, examples.Split('|'));

    private static IEnumerable<(string, string)> Asked(string intent, string texts) => texts.Split('|').Select(t => (intent, t));
}
